import Foundation
import Hummingbird
import SlipwayCore
import SlipwayServer
import SlipwayServices

/// A task as a page for people: where it is, how it came there, and the end of its log.
struct TaskStatusPage {
    let task: MLTask
    let events: [TaskEvent]
    /// The last lines of the job's log; nil while there is none.
    let log: String?

    private static let refreshSeconds = 5
    private static let logBytes = 16 * 1024

    static func load(_ task: MLTask, services: Services, user: User) async throws -> TaskStatusPage {
        var log: String?
        if task.logPrunedAt == nil, let file = try await services.tasks.log(task.id.text, as: user) {
            log = try? await FileReading.tail(of: file, bytes: logBytes)
        }
        let events = try await services.tasks.pastEvents(task.id.text, as: user)
        return TaskStatusPage(task: task, events: events, log: log)
    }

    func response() -> Response {
        let specification = task.specification
        let facts: [(String, String?)] = [
            ("Experiment", specification.experiment), ("Owner", task.owner), ("Cluster", specification.cluster),
            ("Partition", specification.partition), ("Image", specification.image), ("Account", specification.account),
            ("Dataset", specification.dataset), ("Entrypoint", specification.entrypoint),
            ("Attempt", task.attempt.map { String($0.id.number) }),
            ("Slurm job", task.attempt?.jobID.map(String.init)), ("Waits for", task.attempt?.waitingExplanation),
            ("Node", task.attempt?.node), ("Exit code", task.attempt?.exitCode.map(String.init)),
        ]
        let rows = facts.compactMap { name, value in
            value.map { HTML("<tr><th>\(name)</th><td>\($0)</td></tr>") }
        }
        let message = task.message.map { HTML("<p>\($0)</p>") }
        let body: HTML = """
            <h1>Task \(task.id.text)</h1>
            <p><span class="state \(task.state.rawValue)">\(stateText)</span>
            <span class="muted">since \(Self.time(since))</span></p>\(message)\(modelLine)
            <table>\(rows)</table>
            <h2>Events</h2><table><tr><th>When</th><th>State</th><th>Witness</th><th>Its words</th><th></th></tr>\
            \(events.map(Self.row))</table>
            <h2>Log</h2>\(logPart)
            """
        return Page(
            title: "\(task.state.rawValue) · task \(task.id.text)", body: body,
            refreshSeconds: task.state.isFinal ? nil : Self.refreshSeconds
        ).response()
    }

    private var stateText: String {
        task.state.rawValue + (task.reason.map { " (\($0.rawValue))" } ?? "")
            + (task.cancelRequestedAt != nil && !task.state.isFinal ? ", to be cancelled" : "")
    }

    private var since: Date { events.last?.factAt ?? task.updatedAt }

    private var modelLine: HTML? {
        task.model.map { model in
            let own = "/api/v1/models/\(PathSegment.encode(model.name))/versions/\(model.version)"
            return """
                <p>Model <a href="\(own)">\(model.name) version \(model.version)</a>,
                <a href="\(own)/archive">archive</a> of \(model.bytes) bytes, SHA-256 <code>\(model.sha256)</code></p>
                """
        }
    }

    private var logPart: HTML {
        if let date = task.logPrunedAt {
            return "<p class=\"muted\">It was removed by retention on \(Self.time(date)).</p>"
        }
        guard let log else { return "<p class=\"muted\">There is none yet.</p>" }
        return """
            <pre>\(log)</pre><p><a href="/api/v1/tasks/\(task.id.text)/log">The whole log</a></p>
            """
    }

    private static func row(_ event: TaskEvent) -> HTML {
        """
        <tr><td>\(time(event.factAt))</td><td>\(event.state.rawValue)</td><td>\(event.witness.rawValue)</td>\
        <td>\(event.raw ?? "")</td><td>\(event.message ?? "")</td></tr>
        """
    }

    private static func time(_ date: Date) -> String { date.formatted(.iso8601) }
}
