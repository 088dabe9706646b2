package import Foundation

/// A regular file that a user may read. It is open: what is read is the file that was found, whatever its path leads to
/// meanwhile.
package struct StoredFile: Sendable {
    package let path: String
    /// Its name for a download.
    package var name: String
    package let content: OpenFile

    package var bytes: Int64 { content.bytes }
    package var modifiedAt: Date { content.modifiedAt }

    /// A file in a folder where the server alone writes. Blocks.
    ///
    /// - Returns: nil where there is no regular file; a link in the place of its name is not followed.
    static func at(_ path: String, name: String? = nil) -> StoredFile? {
        OpenFile(descriptor: open(path, OpenFile.flags)).map { StoredFile(path, name, $0) }
    }

    /// A file of a folder where jobs write, a task's as a rule. Blocks.
    ///
    /// - Parameter path: Absolute, below `root`.
    /// - Returns: nil where there is no regular file; no link is followed in any component below `root`, nor `root`
    ///   itself.
    static func at(_ path: String, within root: String, name: String? = nil) -> StoredFile? {
        OpenFolder.reach(path, within: root) { $0.file($1) }.map { StoredFile(path, name, $0) }
    }

    private init(_ path: String, _ name: String?, _ content: OpenFile) {
        self.path = path
        self.name = name ?? FileNames.lastComponent(path)
        self.content = content
    }
}

extension StoredFile {
    /// A file of a program that the operator installed in a folder.
    ///
    /// - Returns: nil where there is no regular file; no link below the folder is followed.
    package static func installed(_ name: String, in folder: String) async throws -> StoredFile? {
        try await BlockingIO.run { at("\(folder)/\(name)", within: folder) }
    }
}
