import Foundation

/// A blocking TCP connection to this machine. Closed with its last reference.
final class PlainSocket: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    convenience init(connectingTo port: Int) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchError(.system, "socket failed") }
        self.init(descriptor: descriptor)
        let result = Self.withLoopback(port: port) { connect(descriptor, $0, $1) }
        guard result == 0 else { throw BenchError(.system, "port \(port) of this machine is not to be reached") }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try writeAll($0) }
    }

    /// Reads the file piece by piece and sends it.
    func sendFile(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw BenchError(.system, "open \(path) failed") }
        defer { close(file) }
        try Self.pieces {
            read(file, $0.baseAddress, $0.count)
        } each: {
            try writeAll($0)
        }
    }

    /// The other side reads an end after this.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What comes next, at most 64 KiB; empty at the end.
    func receive() throws -> String {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw BenchError(.system, "recv failed") }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Reads to the end and hands out each piece.
    func receiveAll(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try Self.pieces {
            recv(descriptor, $0.baseAddress, $0.count, 0)
        } each: {
            try body($0)
        }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Foundation.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { throw BenchError(.system, "send failed") }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    private static func pieces(
        _ read: (UnsafeMutableRawBufferPointer) -> Int, each: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(buffer)
            guard count >= 0 else { throw BenchError(.system, "reading failed") }
            if count == 0 { return }
            try each(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// The address 127.0.0.1 with a port, as C wants it.
    static func withLoopback<Value>(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
