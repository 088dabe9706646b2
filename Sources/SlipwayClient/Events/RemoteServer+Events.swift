import AsyncHTTPClient
import Foundation
import NIOHTTP1
package import SlipwayAPI

extension RemoteServer {
    /// Hands every event of a task to `show`, from the first to the task's end, and answers with the task as it
    /// then is.
    ///
    /// A broken connection is opened again with `Last-Event-ID`, so nothing is lost or shown twice; `interrupted` is
    /// told the reason. The server's silence of several minutes ends the patience. The first connection is not
    /// tried again unless `isKnown` says that the server has just answered.
    package func follow(
        task id: String, isKnown: Bool = false,
        interrupted: (ClientError) -> Void = { _ in },
        show: (TaskEventAnswer, _ json: String) async throws -> Void
    ) async throws -> Answer<TaskAnswer> {
        var progress = TaskProgress()
        var backoff = Backoff(first: .milliseconds(500), longest: .seconds(15), tries: 24)
        var hadContact = isKnown
        while true {
            do {
                let response = try await openEvents(of: id, after: progress.lastEventID)
                hadContact = true
                var parser = ServerSentEventParser()
                for try await chunk in response.body {
                    for event in try parser.received(chunk) {
                        guard let fact = try decoded(event) else { continue }
                        let action = progress.received(fact)
                        if action != .skip {
                            backoff.succeeded()
                            try await show(fact, event.data)
                        }
                        if action == .showAndConfirm {
                            let task = try await self.task(id)
                            if progress.isComplete(task.value) { return task }
                        }
                    }
                }
                let task = try await self.task(id)
                if progress.isComplete(task.value) { return task }
                guard let wait = backoff.failed() else {
                    throw ClientError(.interrupted, "the server keeps ending the stream of task \(id)’s events")
                }
                try await pause(wait)
            } catch {
                let error = ConnectionFailure.error(from: error, url: configuration.url)
                guard hadContact, let failure = error as? ClientError, failure.isTransient,
                    let wait = backoff.failed()
                else { throw error }
                interrupted(failure)
                try await pause(wait)
            }
        }
    }

    private func openEvents(of id: String, after lastEventID: Int64?) async throws -> HTTPClientResponse {
        var request = request(.GET, ["api", "v1", "tasks", id, "events"], accepting: "text/event-stream")
        if let lastEventID { request.headers.add(name: "Last-Event-ID", value: String(lastEventID)) }
        return try await open(request)
    }

    /// Events of a type of their own, which this program does not know, are passed over.
    private func decoded(_ event: ServerSentEvent) throws -> TaskEventAnswer? {
        do {
            return try WireJSON.decoder().decode(TaskEventAnswer.self, from: Data(event.data.utf8))
        } catch  where !event.type.isEmpty && event.type != "message" {
            return nil
        } catch {
            throw ClientError(
                .unexpectedAnswer, "the server sent an event that this program cannot read: \(event.data)",
                underlying: error)
        }
    }
}
