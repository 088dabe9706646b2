import SlipwayAPI
import SlipwayClient

extension Session {
    /// Shows a task's states as they change, to its end, and throws the exit code of a task that did not succeed.
    func watch(_ id: String, isKnown: Bool = false) async throws {
        let end = try await server.follow(task: id, isKnown: isKnown, interrupted: noteRetry(after:)) { event, line in
            if json {
                try terminal.write(line + "\n")
            } else {
                try terminal.write(TaskText.line(for: event, colored: terminal.hasColors))
            }
        }
        if !json { try terminal.write(TaskText.outcome(of: end.value, colored: terminal.hasColors)) }
        try exit(for: end.value)
    }
}
