package import SlipwayCore

extension TaskService {
    /// The result of a task that makes no model.
    ///
    /// - Throws: `SlipwayError` of code `notFound` for a task that makes a model, `conflict` while there is none yet,
    ///   and `gone` once retention took it.
    package func result(_ id: String, as user: User) async throws -> StoredFile {
        let task = try await task(id, as: user)
        guard !task.specification.publishes else {
            throw SlipwayError(.notFound, "Task \(id) makes a model, not a result; see its link “model”.")
        }
        try Self.refuseWithoutFiles(task)
        guard task.state == .succeeded, let attempt = task.attempt else {
            throw SlipwayError(
                .conflict, "Task \(id) is \(task.state.rawValue): a result is there once it has succeeded.")
        }
        let folder = configuration.folders.task(task.id)
        guard let file = try await BlockingIO.run({ folder.result(attempt: attempt.id.number) }) else {
            throw SlipwayError(.internal, "The result of task \(id) is not in its folder any more.")
        }
        return file
    }
}
