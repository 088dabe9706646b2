/// What the client has learned about one statement text.
final class StatementProfile {
    let identifier: Int
    let text: String
    /// Whether the text reads and takes no row locks, so that it may share a connection.
    let isPlainRead: Bool
    /// A running mean of its time on the server, in nanoseconds; nil before it ran once.
    private(set) var mean: UInt64?
    var lastUse: UInt64 = 0

    /// Above this mean, a statement has a connection to itself.
    private static let shortTime: UInt64 = 5_000_000

    init(identifier: Int, text: String) {
        self.identifier = identifier
        self.text = text
        isPlainRead = Self.isPlainRead(text)
    }

    /// Whether it may go through a connection together with others: it reads, and has been quick so far.
    var isShareable: Bool {
        guard isPlainRead, let mean else { return false }
        return mean < Self.shortTime
    }

    /// Takes note that the statement took `nanoseconds` on the server.
    func ran(for nanoseconds: UInt64) {
        mean = mean.map { ($0 * 7 + nanoseconds) / 8 } ?? nanoseconds
    }

    /// A SELECT or VALUES that neither locks rows nor writes a table.
    ///
    /// Where in doubt the answer is no, which only costs the statement a connection of its own. WITH may hide a write.
    private static func isPlainRead(_ text: String) -> Bool {
        let words = text.uppercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
        guard let first = words.first, first == "SELECT" || first == "VALUES" else { return false }
        let telling: Set<Substring> = ["FOR", "INTO"]
        return !words.contains { telling.contains($0) || $0.hasPrefix("PG_ADVISORY") || $0.hasPrefix("PG_SLEEP") }
    }
}
