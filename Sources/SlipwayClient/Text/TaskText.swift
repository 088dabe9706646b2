package import SlipwayAPI

/// Tasks and their events for people.
package enum TaskText {
    /// `12:00:05  running     on node01`.
    package static func line(for event: TaskEventAnswer, colored: Bool) -> String {
        let state = event.state.padding(to: 10)
        var words: [String] = []
        if event.attempt > 1 { words.append("attempt \(event.attempt)") }
        if let reason = event.reason { words.append(reason) }
        if let message = event.message ?? event.raw { words.append(message) }
        let line =
            Moment.time(event.factAt) + "  " + Style(state: event.state).applied(to: state, colored: colored)
            + "  " + TerminalText.plain(words.joined(separator: ": "))
        return line.trimmingTrailingSpaces() + "\n"
    }

    /// What came out of a task that is at its end.
    package static func outcome(of task: TaskAnswer, colored: Bool) -> String {
        var line = "Task \(task.id) " + Style(state: task.state).applied(to: task.state, colored: colored)
        if let reason = task.reason { line += " (\(TerminalText.plain(reason)))" }
        if let message = task.message { line += ": \(TerminalText.plain(message))" }
        line += "\n"
        if let model = task.model {
            line +=
                "Model \(TerminalText.plain(model.name)):\(model.version), \(ByteCount.text(model.bytes)), "
                + "SHA-256 \(TerminalText.plain(model.sha256))\n"
        }
        return line
    }

    /// All that is known of a task, a line each.
    package static func details(of task: TaskAnswer, colored: Bool) -> String {
        let width = 12
        return facts(of: task).map { name, value in
            let text = TerminalText.plain(value)
            let shown = name == "State" ? Style(state: task.state).applied(to: text, colored: colored) : text
            return Style.dim.applied(to: name.padding(to: width), colored: colored) + shown + "\n"
        }.joined()
    }

    private static func facts(of task: TaskAnswer) -> [(String, String)] {
        let facts: [(String, String?)] = [
            ("Task", task.id),
            ("State", task.state + (task.reason.map { " (\($0))" } ?? "")),
            ("Message", task.message),
            ("Cancel", task.cancelRequestedAt.map { "asked for at \(Moment.dateAndTime($0))" }),
            ("Experiment", task.experiment),
            ("Script", task.entrypoint),
            ("Dataset", task.dataset),
            ("Image", task.image),
            (
                "Cluster",
                "\(task.cluster), partition \(task.partition)" + (task.account.map { ", account \($0)" } ?? "")
            ),
            ("Attempt", task.attempt.map { "\($0)" }),
            ("Job", job(of: task)),
            ("Waits", task.waiting.map(waiting)),
            ("Restarts", task.restarts.map { "\($0), by Slurm" }),
            ("Exit code", task.exitCode.map { "\($0)" }),
            ("Signal", task.signal.map { "\($0)" }),
            ("Memory", task.peakMemoryBytes.map { "\(ByteCount.text($0)) at most" }),
            ("Model", task.model.map { "\($0.name):\($0.version), \(ByteCount.text($0.bytes))" }),
            ("Owner", task.owner),
            ("Created", Moment.dateAndTime(task.createdAt)),
            ("Started", task.startedAt.map { Moment.dateAndTime($0) }),
            ("Finished", task.finishedAt.map { Moment.dateAndTime($0) }),
            ("As of", TaskStates.isFinal(task.state) ? nil : Moment.dateAndTime(task.dataAsOf)),
        ]
        return facts.compactMap { name, value in value.map { (name, $0) } }
    }

    private static func waiting(_ waiting: WaitingAnswer) -> String {
        var words = [waiting.explanation ?? waiting.reason ?? "Slurm gives no reason."]
        if let position = waiting.position { words.append("Place \(position) among Slipway's waiting jobs.") }
        if let start = waiting.expectedStart { words.append("Expected to start at \(Moment.dateAndTime(start)).") }
        return words.joined(separator: " ")
    }

    private static func job(of task: TaskAnswer) -> String? {
        guard let id = task.jobID else { return nil }
        var text = "\(id)"
        if let state = task.slurmState { text += ", \(state)" }
        if let reason = task.pendingReason, reason != "None" { text += " (\(reason))" }
        if let node = task.node { text += ", on \(node)" }
        return text
    }
}
