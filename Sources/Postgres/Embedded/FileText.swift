import FoundationEssentials

/// Small files and folders of the private server.
enum FileText {
    /// A file's text, or nil where it cannot be read.
    static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Removes a folder with all it holds, where there is one.
    static func removeTree(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw PostgresError(.embedded, "\(path) could not be removed", underlying: error)
        }
    }
}
