import Foundation
import SlipwayAPI

extension TestServer {
    /// Posts a task as ml-task-manager's clients do.
    func submit(
        _ config: TaskConfig = TaskConfig(), _ script: TrainingScript = .quick, as person: Person = .ada,
        files: [String: Data] = [:]
    ) async throws -> TestTask {
        let form = try MultipartForm.task(config, script, files: files)
        let task: TaskAnswer = try await post("/new_task", form: form, as: person).decoded(status: 201)
        return TestTask(server: self, id: task.id, owner: person)
    }
}
