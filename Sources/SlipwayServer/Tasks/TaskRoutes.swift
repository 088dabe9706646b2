import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// `/api/v1/tasks`.
struct TaskRoutes: RouteRegistration {
    let services: Services
    private var tasks: TaskService { services.tasks }

    var prefixes: [String] { ["/api"] }

    var endpoints: [Endpoint] {
        [
            Endpoint(.post, "/api/v1/tasks", Self.submitDocumentation, respond: submit),
            Endpoint(.get, "/api/v1/tasks", Self.listDocumentation, respond: list),
            Endpoint(.get, "/api/v1/tasks/{id}", Self.oneDocumentation, respond: one),
            Endpoint(
                .get, "/api/v1/tasks/{id}/attempts",
                EndpointDocumentation(
                    "Tasks", "Every Slurm job of the task, the first one first.",
                    answer: .json(AttemptListAnswer(attempts: [Samples.attempt])))
            ) { call, user in
                let attempts = try await tasks.attempts(call.parameter("id"), as: user)
                return try .json(AttemptListAnswer(attempts: attempts.map(AttemptAnswer.init)))
            },
            Endpoint(
                .post, "/api/v1/tasks/{id}/cancel",
                EndpointDocumentation(
                    "Tasks", "Asks for the task's end; it is over when its state says so.",
                    answer: .json(Samples.task, status: 202))
            ) { call, user in
                try answer(await tasks.cancel(call.parameter("id"), as: user), status: .accepted)
            },
            Endpoint(
                .post, "/api/v1/tasks/{id}/retry",
                EndpointDocumentation(
                    "Tasks", "Starts a new attempt of a task that failed, was cancelled or is lost.",
                    answer: .json(Samples.task, status: 202))
            ) { call, user in
                try answer(await tasks.retry(call.parameter("id"), as: user), status: .accepted)
            },
            Endpoint(
                .get, "/api/v1/tasks/{id}/script",
                EndpointDocumentation(
                    "Tasks", "The batch script of the present attempt.", answer: .other("text/plain"))
            ) { call, user in
                .text(try await tasks.script(call.parameter("id"), as: user))
            },
            Endpoint(
                .get, "/api/v1/tasks/{id}/config",
                EndpointDocumentation(
                    "Tasks", "The config file as it was uploaded.", answer: .other("application/json"))
            ) { call, user in
                .text(try await tasks.config(call.parameter("id"), as: user), contentType: "application/json")
            },
        ] + eventEndpoints + logEndpoints + fileEndpoints
    }

    private static let listDocumentation = EndpointDocumentation(
        "Tasks", "Lists tasks, newest first: your own, for administrators everybody's.",
        parameters: [
            .query("state", "Only tasks in this state; may be repeated or be a comma list."),
            .query("cluster", "Only tasks for this cluster."),
            .query("experiment", "Only tasks of this experiment."),
            .query("owner", "Only this user's tasks."),
            .query("cursor", "next_cursor of the page before."),
            .query("limit", "Tasks on a page, 1 to 500; 50 where it is left out."),
        ], answer: .json(TaskListAnswer(tasks: [Samples.task], nextCursor: "0f3k9tq2xa")))

    private static let oneDocumentation = EndpointDocumentation(
        "Tasks", "One task.",
        parameters: [
            .query("wait", "Seconds, up to 300: answers at the task's next change, at once when it is over."),
            .query("after", "With wait: the state that you know; answers at once when the task is in another."),
        ],
        answer: .json(Samples.oneTask))

    @Sendable private func list(_ call: Call, _ user: User) async throws -> Response {
        let page = try await tasks.list(TaskListQuery.filter(call.query), as: user)
        let answers = page.tasks.map { TaskAnswer($0, dataAsOf: tasks.dataAsOf($0)) }
        return try .json(TaskListAnswer(tasks: answers, nextCursor: page.next?.text))
    }

    @Sendable private func one(_ call: Call, _ user: User) async throws -> Response {
        let id = try call.parameter("id")
        guard let seconds = try call.query.integer("wait", in: 0...300), seconds > 0 else {
            return try await answer(withWebhook: tasks.task(id, as: user))
        }
        let known = try call.query["after"].map { try TaskListQuery.state($0, parameter: "after") }
        return try await answer(
            withWebhook: tasks.waitForChange(id, as: user, seconds: Double(seconds), after: known))
    }

    private func answer(withWebhook task: MLTask) async throws -> Response {
        var answer = TaskAnswer(task, dataAsOf: tasks.dataAsOf(task))
        answer.webhook = try await services.webhooks.status(of: task).map(WebhookAnswer.init)
        return try .json(answer)
    }

    private func answer(_ task: MLTask, status: HTTPResponse.Status = .ok) throws -> Response {
        try .json(TaskAnswer(task, dataAsOf: tasks.dataAsOf(task)), status: status)
    }
}
