/// The check of a path that an archive names.
enum MemberPath {
    /// The components of a relative path; empty for the archive's root itself (`.` or `./`).
    ///
    /// - Throws: `absolutePath`, `parentPath` or `invalidPath`.
    static func components(
        of raw: [UInt8], limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) -> [String] {
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
        if components.count > limits.maximumDepth {
            throw ArchiveError(
                code: .invalidPath, path: path,
                message: "The member's path \"\(shown)\" is \(components.count) folders deep; "
                    + "\(limits.maximumDepth) are allowed.")
        }
        if limits.requiresPortableNames, let fault = components.lazy.compactMap(unportable).first {
            throw ArchiveError(
                code: .invalidPath, path: path, message: "The member's path \"\(shown)\" \(fault); rename it.")
        }
        return components
    }

    /// What of a name other file systems or readers would take for another one; nil where nothing is.
    private static func unportable(_ name: String) -> String? {
        if name.hasSuffix(".") || name.hasSuffix(" ") { return "has a name that ends with a dot or a space" }
        if name.hasPrefix(" ") { return "has a name that begins with a space" }
        if name.contains("\\") { return "holds a backslash, which some systems take for a slash" }
        let unseen = name.unicodeScalars.first { scalar in
            switch scalar.properties.generalCategory {
            case .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        return unseen.map { "holds U+\(String($0.value, radix: 16, uppercase: true)), which cannot be seen" }
    }
}
