import Foundation

/// A file of bytes that no file system or protocol makes shorter.
enum LargeFile {
    static func write(megabytes: Int, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw BenchError(.system, "open \(path) failed") }
        defer { close(file) }
        var random = SystemRandomNumberGenerator()
        var block = (0..<(1 << 17)).map { _ in random.next() }
        for number in 0..<megabytes {
            block[0] = UInt64(number)
            let written = block.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            guard written == 1 << 20 else { throw BenchError(.system, "writing \(path) failed") }
        }
        // What is still on its way to the disk would slow down what is measured next.
        guard fsync(file) == 0 else { throw BenchError(.system, "fsync \(path) failed") }
    }
}
