/// Where a version's files are and what they hold; a version that is published anew has another source.
package struct ModelSource: Sendable, Hashable {
    /// The model's file, or the folder that holds it.
    package let path: String
    /// The checksum that the version is registered with, where it is known.
    package let sha256: String?

    package init(path: String, sha256: String? = nil) {
        self.path = path
        self.sha256 = sha256
    }
}
