import ArgumentParser
import SlipwayAPI
import SlipwayClient

/// `slipway list`.
struct ListCommand: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List tasks, newest first.")

    @Option(help: "Only tasks in this state.", completion: .list(TaskStates.all))
    var state: String?

    @Option(help: "Only tasks of this cluster.") var cluster: String?
    @Option(help: "Only tasks of this experiment.") var experiment: String?
    @Option(help: "So many tasks at most.") var limit: Int?

    @Flag(help: "All tasks, however many there are.")
    var all = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on; found \(limit).") }
        if all && limit != nil { throw ValidationError("Give --all or --limit, not both.") }
        if let state, !TaskStates.all.contains(state) {
            throw ValidationError("There is no state “\(state)”; there are \(TaskStates.all.joined(separator: ", ")).")
        }
    }

    func run(in session: Session) async throws {
        var page = try await page(of: session, after: nil)
        guard all else {
            try session.show(page) { text(of: $0.tasks, in: session) }
            if !session.json, page.value.nextCursor != nil {
                session.terminal.note("There are more: --all shows them.")
            }
            return
        }
        // With --json a page a line: nothing has to be held back until the last one is there.
        var tasks: [TaskAnswer] = []
        while true {
            if session.json { try session.show(raw: page.raw) } else { tasks += page.value.tasks }
            guard let cursor = page.value.nextCursor else { break }
            page = try await self.page(of: session, after: cursor)
        }
        if !session.json { try session.terminal.write(text(of: tasks, in: session)) }
    }

    private func page(of session: Session, after cursor: String?) async throws -> Answer<TaskListAnswer> {
        try await session.server.tasks(
            state: state, cluster: cluster, experiment: experiment, cursor: cursor, limit: limit)
    }

    private func text(of tasks: [TaskAnswer], in session: Session) -> String {
        tasks.isEmpty ? "No tasks.\n" : Table(tasks: tasks).text(colored: session.terminal.hasColors)
    }
}
