/// The paths of an archive so far: finds the second use of one, and files that stand where folders are needed.
struct MemberTree {
    private enum Node {
        case file
        case folder
        /// A folder that is only a part of other paths: it may still be named itself.
        case impliedFolder
    }

    /// By path. Equal is what Unicode calls canonically equivalent, however its letters are put together.
    private var nodes: [String: Node] = [:]
    /// The path that each lower-case spelling stands for; empty where names that differ in case alone are allowed.
    private var spellings: [String: String] = [:]
    private let limits: ArchiveLimits

    init(limits: ArchiveLimits) {
        self.limits = limits
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
            case nil: try note(parent, .impliedFolder, for: components)
            }
        }
        let path = components.joined(separator: "/")
        switch (nodes[path], kind) {
        case (nil, .file): try note(path, .file, for: components)
        case (nil, .folder): try note(path, .folder, for: components)
        case (.impliedFolder, .folder): nodes[path] = .folder
        case (.impliedFolder, .file): throw conflict(components, "is a file, but other members stand below it")
        case (.file, _), (.folder, _): throw conflict(components, "is in the archive twice")
        }
    }

    private mutating func note(_ path: String, _ node: Node, for components: [String]) throws(ArchiveError) {
        if limits.requiresPortableNames, let other = spellings.updateValue(path, forKey: path.lowercased()) {
            throw conflict(components, "differs from \"\(other)\" in upper and lower case alone; rename one of them")
        }
        nodes[path] = node
        guard nodes.count <= limits.maximumMembers else {
            throw ArchiveError(
                code: .tooManyMembers,
                message: "The archive has more than the \(limits.maximumMembers) files and folders allowed.")
        }
    }

    private func conflict(_ components: [String], _ reason: String) -> ArchiveError {
        let path = components.joined(separator: "/")
        return ArchiveError(code: .duplicatePath, path: path, message: "The member \"\(path)\" \(reason).")
    }
}
