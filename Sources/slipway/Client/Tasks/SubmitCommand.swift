import ArgumentParser
import SlipwayAPI
import SlipwayClient

/// `slipway submit`.
struct SubmitCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Send a training task to the server.",
        discussion: """
            Prints the task's id. With --watch, follows the task to its end and tells by the exit code whether it \
            succeeded. A connection that breaks while files are sent is opened again with the same idempotency key, \
            so no task starts twice.
            """)

    @Argument(help: "The task's config, a .json file.", completion: .file(extensions: ["json"]))
    var config: String

    @Argument(help: "The training script, a .py file.", completion: .file(extensions: ["py"]))
    var entrypoint: String

    @Argument(help: "Further files that shall lie beside the script.", completion: .file())
    var files: [String] = []

    @Flag(help: "Show the task's states as they change, to its end.")
    var watch = false

    @Flag(help: "Print the checks and the exact batch script; store and start nothing.")
    var dryRun = false

    @Option(help: "The same key and the same files make the same task, however often they are sent.")
    var idempotencyKey: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if dryRun && watch { throw ValidationError("With --dry-run there is nothing to --watch.") }
        if let key = idempotencyKey, key.isEmpty || !key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            throw ValidationError("An idempotency key consists of visible ASCII characters.")
        }
    }

    func run(in session: Session) async throws {
        let submission = try Submission(config: config, entrypoint: entrypoint, further: files)
        if dryRun {
            // The script alone goes to standard output, where it can be kept as it is.
            return try session.show(try await session.server.preview(submission)) { preview in
                for check in preview.checks { session.terminal.note(TerminalText.plain(check)) }
                return preview.script
            }
        }
        let display = ProgressDisplay("Sending", total: submission.body.length, on: session.terminal)
        let task: Answer<TaskAnswer>
        do {
            defer { display.ended() }
            task = try await session.server.submit(
                submission, idempotencyKey: idempotencyKey ?? RandomName.text(length: 22),
                interrupted: { error in
                    display.ended()
                    session.noteRetry(after: error)
                }, progress: display.reached)
        }
        try session.show(task) { "Task \($0.id) \($0.state)\n" }
        if watch { try await session.watch(task.value.id, isKnown: true) }
    }
}
