import Foundation

extension OpenFolder {
    private static let deepest = 32

    /// Regular files below this folder, unsorted; links are neither listed nor followed. Blocks.
    func files(limit: Int) -> [TaskFile] {
        var files: [TaskFile] = []
        list(&files, prefix: "", depth: 0, limit: limit)
        return files
    }

    /// What `body` makes of the names in a folder, one after the other, so that a folder of a million is no burden;
    /// empty where there is no such folder. Blocks.
    static func names<Value>(in path: String, _ body: (String) -> Value?) -> [Value] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var values: [Value] = []
        while let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != "..",
                let value = body(name)
            else { continue }
            values.append(value)
        }
        return values
    }

    private func list(_ files: inout [TaskFile], prefix: String, depth: Int, limit: Int) {
        // closedir closes the descriptor that it reads.
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { return }
        defer { closedir(stream) }
        while files.count < limit, let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            var status = stat()
            guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != "..",
                fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
            else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                files.append(
                    TaskFile(
                        path: prefix + name, bytes: Int64(status.st_size),
                        modifiedAt: Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))))
            case S_IFDIR where depth < Self.deepest:
                if let child = folder(name) {
                    child.list(&files, prefix: "\(prefix)\(name)/", depth: depth + 1, limit: limit)
                }
            default: continue
            }
        }
    }
}
