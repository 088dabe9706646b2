/// The check of a path that an archive names.
enum MemberPath {
    /// The components of a relative path; empty for the archive's root itself (`.` or `./`).
    ///
    /// - Throws: `absolutePath`, `parentPath` or `invalidPath`.
    static func components(of raw: [UInt8]) throws(ArchiveError) -> [String] {
        let shown = String(decoding: raw.prefix(300), as: UTF8.self)
        guard let path = String(validating: raw, as: UTF8.self) else {
            throw ArchiveError(
                code: .invalidPath, path: shown, message: "The member's path \"\(shown)\" is not UTF-8.")
        }
        if path.isEmpty {
            throw ArchiveError(code: .invalidPath, path: path, message: "A member has an empty path.")
        }
        if path.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw ArchiveError(
                code: .invalidPath, path: path,
                message: "The member's path \(path.debugDescription) holds a control character.")
        }
        if raw.first == UInt8(ascii: "/") {
            throw ArchiveError(
                code: .absolutePath, path: path,
                message: "The member's path \"\(shown)\" is absolute; pack the folder with relative paths.")
        }
        let components = path.split(separator: "/").map(String.init).filter { $0 != "." }
        if components.contains("..") {
            throw ArchiveError(
                code: .parentPath, path: path,
                message: "The member's path \"\(shown)\" has a \"..\"; only paths below the archive's root are allowed."
            )
        }
        if raw.count > 4000 || components.contains(where: { $0.utf8.count > 255 }) {
            throw ArchiveError(
                code: .invalidPath, path: path,
                message: "The member's path \"\(shown)…\" is too long: 4000 bytes, 255 between slashes, are allowed.")
        }
        return components
    }
}
