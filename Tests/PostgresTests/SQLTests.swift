import Testing

@testable import Postgres

@Suite("Statements as text")
struct SQLTests {
    @Test("Interpolated values become placeholders in order")
    func placeholders() {
        let sql: SQL = "SELECT \(1), \("a'b"), \(nil as Int?) WHERE \(true)"
        #expect(sql.text == "SELECT $1, $2, $3 WHERE $4")
        #expect(sql.parameterCount == 4)
        #expect(sql.values.bytes == Array("1\0a'b\0\0t\0".utf8))
        #expect(sql.values.offsets == [0, 2, -1, 7])
    }

    @Test("A part of a statement brings its values, counted on")
    func fragments() {
        let filter: SQL = "a = \(1) AND b = \("é")"
        let inner: SQL = "x > \(0) AND (\(filter))"
        let sql: SQL = "SELECT \("first") WHERE \(inner) LIMIT \(9)"
        #expect(sql.text == "SELECT $1 WHERE x > $2 AND (a = $3 AND b = $4) LIMIT $5")
        #expect(sql.values.bytes == Array("first\u{0}0\u{0}1\u{0}é\u{0}9\u{0}".utf8))
    }

    @Test("A fragment with ten placeholders is cut at the right places")
    func manyPlaceholders() {
        var list: SQL = "\(0)"
        for number in 1...11 { list = "\(list), \(number)" }
        let sql: SQL = "SELECT \("x"), \(list)"
        #expect(sql.text == "SELECT " + (1...13).map { "$\($0)" }.joined(separator: ", "))
    }

    @Test("Only the unsafe door lets text through")
    func unsafeText() {
        let sql: SQL = "SELECT * FROM \(unsafe: "tasks") WHERE name = \("tasks")"
        #expect(sql.text == "SELECT * FROM tasks WHERE name = $1")
    }

    @Test(
        "Only plain reads may share a connection",
        arguments: [
            ("SELECT 1", true), ("  select a from b where c = $1", true), ("VALUES (1)", true),
            ("SELECT a FROM b FOR UPDATE SKIP LOCKED", false), ("SELECT a INTO c FROM b", false),
            ("select pg_advisory_lock($1)", false), ("SELECT pg_sleep(1)", false),
            ("WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone", false),
            ("INSERT INTO a VALUES (1)", false), ("UPDATE a SET b = 1", false), ("BEGIN", false), ("", false),
        ])
    func plainReads(_ text: String, _ isRead: Bool) {
        #expect(StatementProfile(identifier: 1, text: text).isPlainRead == isRead)
    }

    @Test("A read shares a connection only after it has proven short")
    func shareable() {
        let profile = StatementProfile(identifier: 1, text: "SELECT 1")
        #expect(!profile.isShareable)
        profile.ran(for: 100_000)
        #expect(profile.isShareable)
        profile.ran(for: 10_000_000_000)
        #expect(!profile.isShareable)
    }

    @Test("A queue gives back what it was given, in order")
    func queue() {
        var queue = Queue<Int>()
        var expected: [Int] = []
        var taken: [Int] = []
        for number in 0..<5000 {
            queue.append(number)
            expected.append(number)
            if number % 3 != 0, let first = queue.popFirst() { taken.append(first) }
        }
        queue.prepend(-1)
        #expect(queue.popFirst() == -1)
        #expect(queue.count == 5000 - taken.count)
        #expect(taken + queue.removeAll() == expected)
        #expect(queue.isEmpty)
    }
}
