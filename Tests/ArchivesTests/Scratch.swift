import Foundation
import Glibc
import Testing

/// A folder of a test's own, removed with all that is in it when the test lets it go.
final class Scratch {
    let path: String

    init() throws {
        var template = Array("/tmp/archives-test-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file, making the folders above it.
    @discardableResult
    func write(_ name: String, _ content: [UInt8], mode: mode_t = 0o644) throws -> String {
        var folder = path
        for component in name.split(separator: "/").dropLast() {
            folder += "/" + component
            mkdir(folder, 0o755)
        }
        let file = try #require(fopen(path + "/" + name, "w"))
        defer { fclose(file) }
        try #require(fwrite(content, 1, content.count, file) == content.count)
        try #require(fchmod(fileno(file), mode) == 0)
        return path + "/" + name
    }

    func read(_ name: String) throws -> [UInt8] {
        let file = try #require(fopen(path + "/" + name, "r"), "\(name)")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }

    /// What is in the folder itself, sorted.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// The permissions of a file, nil where there is none.
    func mode(_ name: String) -> mode_t? {
        var status = stat()
        return lstat(path + "/" + name, &status) == 0 ? status.st_mode & 0o7777 : nil
    }
}
