import Foundation
import Logging

/// What every part is given.
struct Bench: Sendable {
    let workplace: Workplace
    let isQuick: Bool

    /// The bound of a run: the full one, or the quick one.
    func bound<Value>(_ full: Value, quick: Value) -> Value { isQuick ? quick : full }

    /// For the parts that log by themselves: what is in order is not said.
    var logger: Logger {
        var logger = Logger(label: "slipway-bench") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }

    /// A line of progress, on standard error: standard output is the table's.
    func say(_ words: String) {
        FileHandle.standardError.write(Data("==> \(words)\n".utf8))
    }
}
