import Foundation

/// Takes a connection on this machine and writes what comes to a file, as `cat > file` does.
final class PlainListener: Sendable {
    private let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let bound = PlainSocket.withLoopback(port: 0) { [descriptor] in bind(descriptor, $0, $1) }
        guard descriptor >= 0, bound == 0, listen(descriptor, 1) == 0 else {
            throw BenchError(.system, "no port of this machine can be listened on")
        }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let named = withUnsafeMutablePointer(to: &address) { [descriptor] in
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard named == 0 else { throw BenchError(.system, "getsockname failed") }
        port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// Takes one connection to its end, then answers it.
    func writeOne(to path: String, isSynced: Bool) throws {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0 else { throw BenchError(.system, "accept failed") }
        let connection = PlainSocket(descriptor: accepted)
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw BenchError(.system, "open \(path) failed") }
        defer { close(file) }
        try connection.receiveAll { bytes in
            guard write(file, bytes.baseAddress, bytes.count) == bytes.count else {
                throw BenchError(.system, "writing \(path) failed")
            }
        }
        if isSynced, fsync(file) != 0 { throw BenchError(.system, "fsync \(path) failed") }
        try connection.send(Array("done".utf8))
    }
}
