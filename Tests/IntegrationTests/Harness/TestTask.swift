import AsyncHTTPClient
import Foundation
import SlipwayAPI
import SlipwayClient

/// A task of a test's server.
struct TestTask: Sendable {
    let server: TestServer
    let id: String
    let owner: Person

    var folder: String { "\(server.folder)/tasks/\(id)" }
    var path: String { "/api/v1/tasks/\(id)" }

    func now() async throws -> TaskAnswer {
        try await server.get(path, as: owner).decoded()
    }

    /// The task when it has come to a state; passing states are seen in its events.
    ///
    /// Throws `TestFailure` when it ends in another one, or does not come there in time.
    @discardableResult
    func until(_ state: String, attempt: Int = 1, within limit: Duration = .seconds(120)) async throws -> TaskAnswer {
        let end = ContinuousClock.now + limit * Patience.factor
        var last = "none"
        var position: Int64 = 0
        while ContinuousClock.now < end {
            let found = try await follow(after: position) { event in
                position = event.id
                last = "\(event.state) \(event.reason ?? "") \(event.message ?? "")"
                return event.attempt >= attempt && (event.state == state || TaskStates.isFinal(event.state))
            }
            guard let found else { continue }
            if found.state == state { return try await now() }
            break
        }
        throw TestFailure("task \(id) is not \(state), but \(last)\n\(logText)")
    }

    /// The task at its end, whichever it is, by the long poll.
    func end(within limit: Duration = .seconds(120)) async throws -> TaskAnswer {
        let limit = limit * Patience.factor
        let end = ContinuousClock.now + limit
        while true {
            let task: TaskAnswer = try await server.get("\(path)?wait=30", as: owner).decoded()
            if TaskStates.isFinal(task.state) { return task }
            guard ContinuousClock.now < end else {
                throw TestFailure("task \(id) has not ended within \(limit), but is \(task.state)\n\(logText)")
            }
        }
    }

    /// Reads events until one is the `wanted` one; nil when the stream ends before.
    func follow(
        after position: Int64 = 0, _ isWanted: (TaskEventAnswer) throws -> Bool
    ) async throws -> TaskEventAnswer? {
        var found: TaskEventAnswer?
        try await server.stream("\(path)/events", as: owner, headers: ["Last-Event-ID": "\(position)"]) { response in
            var parser = ServerSentEventParser()
            for try await chunk in response.body {
                for event in try parser.received(chunk) {
                    let fact = try WireJSON.decoder().decode(TaskEventAnswer.self, from: Data(event.data.utf8))
                    guard try isWanted(fact) else { continue }
                    found = fact
                    return
                }
            }
        }
        return found
    }

    /// All events of a task that has ended.
    func events(after position: Int64 = 0) async throws -> [TaskEventAnswer] {
        var events: [TaskEventAnswer] = []
        _ = try await follow(after: position) {
            events.append($0)
            return false
        }
        return events
    }

    func attempts() async throws -> [AttemptAnswer] {
        try await server.get("\(path)/attempts", as: owner).decoded(AttemptListAnswer.self).attempts
    }

    func log() async throws -> String { try await server.get("\(path)/log", as: owner).text }

    @discardableResult
    func cancel() async throws -> TaskAnswer {
        try await server.post("\(path)/cancel", as: owner).decoded(status: 202)
    }

    @discardableResult
    func retry() async throws -> TaskAnswer {
        try await server.post("\(path)/retry", as: owner).decoded(status: 202)
    }

    /// Lets a gated script go on.
    func openGate() throws {
        guard FileManager.default.createFile(atPath: folder + "/files/gate", contents: Data()) else {
            throw TestFailure("no gate can be made in \(folder)/files")
        }
    }

    /// What the jobs have written, read from the disk: for messages, where the server may be gone.
    private var logText: String {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("job_") }.sorted().map { name in
            let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
            return "\(name):\n" + String(decoding: data.suffix(2000), as: UTF8.self)
        }.joined()
    }
}
