internal import SlipwayCore

extension VersionFiles {
    /// The path of the file of this name that lies nearest to the root; a path is taken by its last component.
    func companion(named name: String) -> String? {
        let wanted = name.split(separator: "/").last ?? ""
        guard !wanted.isEmpty else { return nil }
        return paths.filter { $0.split(separator: "/").last == wanted }
            .min { ($0.count { $0 == "/" }, $0) < ($1.count { $0 == "/" }, $1) }
    }
}
