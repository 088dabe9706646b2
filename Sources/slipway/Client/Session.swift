import ArgumentParser
import NIOCore
import SlipwayAPI
import SlipwayClient

/// A command's connection to the server and to the terminal.
struct Session: Sendable {
    let server: RemoteServer
    let terminal: Terminal
    /// Whether answers are printed as they came.
    let json: Bool

    /// Prints an answer: as it came, or as `text` says it.
    func show<Value>(_ answer: Answer<Value>, text: (Value) -> String) throws {
        if json {
            try show(raw: answer.raw)
        } else {
            try terminal.write(text(answer.value))
        }
    }

    /// Prints JSON as it came, with a line end.
    func show(raw: ByteBuffer) throws {
        try terminal.write(bytes: raw.readableBytesView)
        if raw.readableBytesView.last != UInt8(ascii: "\n") { try terminal.write("\n") }
    }

    /// Says on standard error why something is tried again.
    func noteRetry(after error: ClientError) {
        terminal.note("slipway: \(TerminalText.plain(error.message)); trying again")
    }

    /// Ends the command with the exit code that tells how a task ended.
    func exit(for task: TaskAnswer) throws {
        guard TaskStates.isSuccess(task.state) else { throw ExitCode(ExitStatus.taskNotSucceeded.rawValue) }
    }
}
