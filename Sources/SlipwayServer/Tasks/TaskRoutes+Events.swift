import HTTPTypes
import Hummingbird
import SlipwayCore
import SlipwayServices

extension TaskRoutes {
    var eventEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/api/v1/tasks/{id}/events",
                EndpointDocumentation(
                    "Tasks", "The task's changes as server-sent events: those that were, then those that come.",
                    parameters: [
                        .header(.lastEventID, "Only events after this one."),
                        .query("after", "The same, for clients that cannot set the header."),
                    ], answer: .other("text/event-stream")),
                respond: events)
        ]
    }

    @Sendable private func events(_ call: Call, _ user: User) async throws -> Response {
        let after = try position(call)
        let events = try await services.tasks.events(call.parameter("id"), after: after, as: user)
        let stream = EventStream(events: events)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await stream.write(to: &writer)
                try await writer.finish(nil)
            })
    }

    private func position(_ call: Call) throws -> Int64 {
        guard let header = call.request.headers[.lastEventID] else {
            return try call.query.integer("after", in: 0...Int64.max) ?? 0
        }
        guard let id = Int64(header), id >= 0 else {
            throw Problem(parameter: "Last-Event-ID", value: header, "must be the id of an event.")
        }
        return id
    }
}
