import Glibc

/// A system call that failed, as `errno` tells it.
package struct SystemCallError: Error, Sendable, Equatable, CustomStringConvertible {
    package let call: String
    package let errno: Int32

    package var description: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(errno, &buffer, buffer.count) == 0 else { return "\(call): error \(errno)" }
        return "\(call): \(String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))"
    }
}

extension ArchiveError {
    /// The error of the system call that just failed.
    static func system(_ call: String, path: String?, _ number: Int32 = Glibc.errno) -> ArchiveError {
        let failure = SystemCallError(call: call, errno: number)
        return ArchiveError(
            code: .system, path: path, message: "\(path.map { "\"\($0)\": " } ?? "")\(failure)", underlying: failure)
    }
}
