import HTTPTypes
import Hummingbird
import SlipwayCore
import SlipwayServices

extension TaskRoutes {
    var logEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/api/v1/tasks/{id}/log",
                EndpointDocumentation(
                    "Tasks", "What the job wrote.",
                    parameters: [
                        .query("follow", "true: goes on until the task is over."),
                        .header(.range, "Bytes of the log, as bytes=-4096 for its end."),
                    ], answer: .other("text/plain")),
                respond: log)
        ]
    }

    @Sendable private func log(_ call: Call, _ user: User) async throws -> Response {
        let id = try call.parameter("id")
        if try call.query.flag("follow") {
            let task = try await services.tasks.task(id, as: user)
            try TaskService.refuseWithoutLog(task)
            let follower = LogFollower(tasks: services.tasks, task: task, user: user)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody { writer in
                    try await follower.write(to: &writer)
                    try await writer.finish(nil)
                })
        }
        guard let file = try await services.tasks.log(id, as: user) else {
            let task = try await services.tasks.task(id, as: user)
            throw Problem(
                .notFound, "There is no log: the task is \(task.state.rawValue) and no job of it has written one.")
        }
        return try .file(file, for: call.request, contentType: "text/plain; charset=utf-8", isDownload: false)
    }
}
