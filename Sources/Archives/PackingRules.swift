/// What of a folder is packed, and how.
package struct PackingRules: Sendable, Equatable {
    /// Links, devices, pipes, sockets, and names that no archive may hold are left out; else the first one is an error.
    package var skipsStrangers: Bool
    /// Names that begin with a dot are left out, with what is below them.
    package var skipsHidden: Bool
    /// The most files and folders.
    package var maximumMembers: Int
    /// The most bytes of all files together.
    package var maximumTotalBytes: Int64
    /// The most components of a path.
    package var maximumDepth: Int
    /// What each member's path begins with in the archive, such as `./`.
    package var prefix: String
    /// Gzip's, 1 (fast) to 9 (small).
    package var compressionLevel: Int

    package init(
        skipsStrangers: Bool = false, skipsHidden: Bool = false, maximumMembers: Int = .max,
        maximumTotalBytes: Int64 = .max, maximumDepth: Int = .max, prefix: String = "", compressionLevel: Int = 6
    ) {
        self.skipsStrangers = skipsStrangers
        self.skipsHidden = skipsHidden
        self.maximumMembers = maximumMembers
        self.maximumTotalBytes = maximumTotalBytes
        self.maximumDepth = maximumDepth
        self.prefix = prefix
        self.compressionLevel = compressionLevel
    }
}
