/// One upload of a folder, by its number.
package struct FolderVersion: Sendable, Hashable {
    package var folder: String
    package var version: Int

    package init(folder: String, version: Int) {
        self.folder = folder
        self.version = version
    }
}
