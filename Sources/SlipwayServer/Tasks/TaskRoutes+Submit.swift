import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServices

extension TaskRoutes {
    static let submitDocumentation = EndpointDocumentation(
        "Tasks",
        "Submits a task: a config file (.json), its entrypoint (.py), and any further files. 201 for a new task, 200 for "
            + "one that the same Idempotency-Key made before.",
        parameters: [
            .query("dry_run", "true: answers the batch script and the checks, and stores nothing."),
            .header(.idempotencyKey, "1 to 255 visible characters: the same key never makes a second task."),
        ],
        body: .init("multipart/form-data", curl: "-F files=@config.json -F files=@train.py"),
        answer: .json(Samples.task, status: 201))

    @Sendable func submit(_ call: Call, _ user: User) async throws -> Response {
        switch try await TaskReceiver(services: services).receive(call, from: user) {
        case .previewed(let preview):
            return try .json(TaskPreviewAnswer(script: preview.script, checks: preview.checks))
        case .stored(let submission):
            let answer = TaskAnswer(submission.task, dataAsOf: services.tasks.dataAsOf(submission.task))
            return try .json(
                answer, status: submission.isNew ? .created : .ok,
                headers: [.location: "/api/v1/tasks/\(submission.task.id)"])
        }
    }
}
