/// A task that was submitted from a folder.
package struct TrainingProcess: Sendable, Hashable {
    package var name: ProcessName
    /// The folder's version that it trains from.
    package var version: Int
    package var task: TaskID

    package init(name: ProcessName, version: Int, task: TaskID) {
        self.name = name
        self.version = version
        self.task = task
    }
}
