import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
package import SlipwayServer
package import SlipwayServices

/// The routes of ml-task-manager, at the server's root: its clients work unchanged.
///
/// Errors are `application/problem+json`, whose `detail` is what the old clients read.
package struct TaskManagerDialect: RouteRegistration {
    let services: Services

    package init(services: Services) {
        self.services = services
    }

    package var endpoints: [Endpoint] {
        [
            Endpoint(.post, "/new_task", Self.submitDocumentation, respond: submit),
            Endpoint(
                .get, "/tasks",
                EndpointDocumentation(
                    Self.group, "Every task of yours, newest first; for administrators everybody's.",
                    answer: .json([TaskManagerTask.sample])),
                respond: list),
            Endpoint(
                .get, "/task/{id}",
                EndpointDocumentation(
                    Self.group, "One task; a browser gets a page that refreshes itself.",
                    answer: .json(TaskManagerTask.sample)),
                respond: one),
            Endpoint(
                .get, "/job_status/{job_id}",
                EndpointDocumentation(
                    Self.group, "A Slurm job's state in words, and the id of its MLflow run.",
                    answer: .json(
                        JobStatusAnswer(jobStatus: "COMPLETED: The job has completed successfully.", runID: "8f3c"))),
                respond: jobStatus),
            Endpoint(
                .get, "/users", adminsOnly: true,
                EndpointDocumentation(Self.group, "Every user.", answer: .json([UserAnswer.sample]))
            ) { _, _ in try .json(await services.users.list().map { UserAnswer($0) }) },
            Endpoint(
                .get, "/users/{name}", adminsOnly: true,
                EndpointDocumentation(Self.group, "One user.", answer: .json(UserAnswer.sample))
            ) { call, _ in
                let name = try call.parameter("name")
                guard let user = try await services.users.user(named: name) else {
                    throw Problem(.notFound, "There is no user “\(name.prefix(64))”.")
                }
                return try .json(UserAnswer(user))
            },
        ]
    }

    private static let group = "ml-task-manager"

    private static let submitDocumentation = EndpointDocumentation(
        group, "Submits a task: the config (.json), its entrypoint (.py), and any further files.",
        parameters: [
            .query("dry_run", "true: answers the batch script and the checks, and stores nothing."),
            .header(.idempotencyKey, "1 to 255 visible characters: the same key never makes a second task."),
        ],
        body: .init("multipart/form-data", curl: "-F files=@config.json -F files=@train.py"),
        answer: .json(TaskManagerTask.sample, status: 201))

    func answer(_ task: MLTask) -> TaskManagerTask {
        TaskManagerTask(task, dataAsOf: services.tasks.dataAsOf(task))
    }

    @Sendable private func submit(_ call: Call, _ user: User) async throws -> Response {
        switch try await TaskReceiver(services: services).receive(call, from: user) {
        case .previewed(let preview):
            return try .json(TaskPreviewAnswer(script: preview.script, checks: preview.checks))
        case .stored(let submission):
            return try .json(
                answer(submission.task), status: submission.isNew ? .created : .ok,
                headers: [.location: "/task/\(submission.task.id)"])
        }
    }

    @Sendable private func list(_ call: Call, _ user: User) async throws -> Response {
        // The first page is read before the answer begins, so that a fault still becomes an error.
        let first = try await services.tasks.list(TaskListBody.filter(before: nil), as: user)
        let list = TaskListBody(dialect: self, first: first, user: user)
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody { writer in
                try await list.write(to: &writer)
                try await writer.finish(nil)
            })
    }

    @Sendable private func one(_ call: Call, _ user: User) async throws -> Response {
        let id = try call.parameter("id")
        let task = try await services.tasks.task(id, as: user)
        guard call.wantsHTML else { return try .json(answer(task), headers: [.vary: "Accept"]) }
        return try await TaskStatusPage.load(task, services: services, user: user).response()
    }

    @Sendable private func jobStatus(_ call: Call, _ user: User) async throws -> Response {
        let jobID = try call.parameter("job_id")
        let task = try await services.tasks.task(jobID: jobID, as: user)
        let attempts = try await services.tasks.attempts(task.id.text, as: user)
        // The task may have gone on to another attempt: the answer is about the job that was asked for.
        let attempt = attempts.last { $0.jobID.map(String.init) == jobID } ?? task.attempt
        let sentence = JobSentence(
            state: attempt?.state ?? task.state, reason: attempt?.reason ?? task.reason,
            pendingReason: attempt?.pendingReason, exitCode: attempt?.exitCode, signal: attempt?.signal)
        return try .json(
            JobStatusAnswer(jobStatus: sentence.text, runID: try await services.tasks.mlflowRunID(task)))
    }
}
