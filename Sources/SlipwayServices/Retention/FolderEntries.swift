import Foundation

/// The entries of open folders, by names that need not be text.
enum FolderEntries {
    static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

    /// A name as a system call takes it.
    static func withName<Value>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Value) -> Value {
        (name + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress!) }
        }
    }

    /// Calls `body` for each entry but `.` and `..`, which may be removed meanwhile; links are not followed.
    ///
    /// - Returns: False where the folder cannot be read.
    @discardableResult
    static func forEach(in folder: Int32, _ body: (_ name: [UInt8], _ status: stat) throws -> Void) rethrows -> Bool {
        // closedir closes the descriptor that it reads.
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { return false }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            var status = stat()
            guard name != [UInt8(ascii: ".")], name != [UInt8(ascii: "."), UInt8(ascii: ".")],
                withName(name, { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0
            else { continue }
            try body(name, status)
        }
        return true
    }
}

extension stat {
    var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
    var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
}
