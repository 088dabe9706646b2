/// A folder that a user uploaded to train from, in versions that uploads count.
package struct TrainingFolder: Sendable, Hashable {
    /// Belongs to its first user for good, also after the folder was removed.
    package var name: String
    package var ownerID: User.ID
    package var owner: String
    /// What processes are submitted from; nil before the first upload is complete, and after a removal.
    package var version: Int?
    /// The number of the last process; never given again.
    package var processCount: Int

    package init(name: String, ownerID: User.ID, owner: String, version: Int?, processCount: Int) {
        self.name = name
        self.ownerID = ownerID
        self.owner = owner
        self.version = version
        self.processCount = processCount
    }

    /// 1 to 64 characters of `A–Z a–z 0–9 . _ -`, the first a letter or digit: with a process's number it names a model.
    package static func isName(_ name: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        guard let first = name.utf8.first, isAlphanumeric(first), name.utf8.count <= 64 else { return false }
        return name.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
    }
}
