import SlipwayCore

extension Collector {
    /// Ends a task whose result stays with it, once the result is there.
    ///
    /// - Parameter isLate: The shared file system has had its time to show what the job left.
    /// - Throws: `SlipwayError` of code `unavailable` while it may still come, `invalid` where it will not.
    func keepResult(of task: MLTask, _ attempt: Attempt, isLate: Bool) async throws {
        let folder = folders.task(task.id)
        guard let file = try await BlockingIO.run({ folder.result(attempt: attempt.id.number) }) else {
            throw SlipwayError(isLate ? .invalid : .unavailable, "The job ended well but left no result.")
        }
        await end(attempt, .succeeded, message: "The result is \(file.name), \(file.bytes) bytes.")
    }
}

extension TaskFolder {
    /// What a job of the server's own left as its result; nil where there is none. Blocks.
    func result(attempt number: Int) -> StoredFile? {
        let output = attempt(number).output
        for format in BulkRequest.OutputFormat.allCases {
            if let file = StoredFile.at("\(output)/result.\(format.rawValue)", within: path) { return file }
        }
        return nil
    }
}
