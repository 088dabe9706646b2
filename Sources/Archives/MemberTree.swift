/// The paths of an archive so far: finds the second use of one, and files that stand where folders are needed.
struct MemberTree {
    private enum Node {
        case file
        case folder
        /// A folder that is only a part of other paths: it may still be named itself.
        case impliedFolder
    }

    private var nodes: [String: Node] = [:]
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Notes a member.
    ///
    /// - Throws: `duplicatePath`, or `tooManyMembers` where the folders that paths imply pass the limit.
    mutating func add(_ components: [String], kind: ArchiveMember.Kind) throws(ArchiveError) {
        var parent = ""
        for component in components.dropLast() {
            parent += parent.isEmpty ? component : "/" + component
            switch nodes[parent] {
            case .file: throw conflict(components, "stands below \"\(parent)\", which is a file of the same archive")
            case .folder, .impliedFolder: continue
            case nil: nodes[parent] = .impliedFolder
            }
        }
        let path = components.joined(separator: "/")
        switch (nodes[path], kind) {
        case (nil, .file): nodes[path] = .file
        case (nil, .folder), (.impliedFolder, .folder): nodes[path] = .folder
        case (.impliedFolder, .file): throw conflict(components, "is a file, but other members stand below it")
        case (.file, _), (.folder, _): throw conflict(components, "is in the archive twice")
        }
        guard nodes.count <= limit else {
            throw ArchiveError(
                code: .tooManyMembers, message: "The archive has more than the \(limit) files and folders allowed.")
        }
    }

    private func conflict(_ components: [String], _ reason: String) -> ArchiveError {
        let path = components.joined(separator: "/")
        return ArchiveError(code: .duplicatePath, path: path, message: "The member \"\(path)\" \(reason).")
    }
}
