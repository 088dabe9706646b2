import Foundation
import SlipwayClient
import SystemPackage

/// Standard output and standard error, and what they can show.
struct Terminal: Sendable {
    /// Whether standard output is a terminal that wants colours (<https://no-color.org>).
    let hasColors: Bool
    /// Whether standard error is a terminal, so that a line there can be drawn over.
    let canRedraw: Bool

    init(environment: [String: String]) {
        let isDumb = environment["TERM"] == "dumb"
        hasColors = isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty && !isDumb
        canRedraw = isatty(STDERR_FILENO) == 1 && !isDumb
    }

    /// Columns of the terminal at standard error.
    var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    func write(_ text: String) throws {
        try write(bytes: text.utf8)
    }

    /// Writes to standard output. A reader that has gone away (`slipway list | head`) ends the
    /// process by SIGPIPE, as it ends any other.
    func write(bytes: some Sequence<UInt8>) throws {
        do {
            try FileDescriptor.standardOutput.writeAll(bytes)
        } catch Errno.brokenPipe {
            // The libraries below ignore the signal that would have ended us; this is its usual end.
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
        } catch {
            throw ClientError(.file, "standard output cannot be written: \(error)", underlying: error)
        }
    }

    /// Writes a line for people to standard error.
    func note(_ line: String) {
        _ = try? FileDescriptor.standardError.writeAll((line + "\n").utf8)
    }

    /// Draws a line over the last one at standard error.
    func redraw(_ line: String) {
        _ = try? FileDescriptor.standardError.writeAll(("\r" + line + "\u{1B}[K").utf8)
    }
}
