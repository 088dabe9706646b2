/// The number that a new task is to take among a folder's processes, with its row or not at all.
package struct NewProcess: Sendable, Hashable {
    /// The number is the folder's next one as it was last seen.
    package var name: ProcessName
    package var version: Int

    package init(name: ProcessName, version: Int) {
        self.name = name
        self.version = version
    }
}
