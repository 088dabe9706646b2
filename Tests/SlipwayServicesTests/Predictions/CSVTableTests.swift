import NIOCore
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("CSV bodies")
struct CSVTableTests {
    private func read(
        _ text: String, features: [String]? = nil, takesText: Bool = false, hasHeader: Bool? = nil, piece: Int = 1
    ) throws -> (table: PredictionTable, names: [String]?) {
        var table = CSVTable(featureNames: features, takesText: takesText, hasHeader: hasHeader)
        var rest = ByteBuffer(string: text)
        while let slice = rest.readSlice(length: min(piece, rest.readableBytes)), slice.readableBytes > 0 {
            try table.read(slice)
        }
        guard case .rows(let rows, let names) = try table.request().content else {
            throw SlipwayError(.internal, "a table gives rows")
        }
        return (rows, names)
    }

    @Test(
        "Lines end as they like, with or without a header, in pieces of any size",
        arguments: ["1,2.5\r\n-3,4e2\r\n", "1,2.5\n-3,4e2", "\u{FEFF}1,2.5\n\n-3,4e2\n\n", "1,2.5\r\n-3,\"4e2\""],
        [1, 3, 1000])
    func plain(text: String, piece: Int) throws {
        let (table, names) = try read(text, piece: piece)
        #expect(table == .rows([[1, 2.5], [-3, 400]]))
        #expect(names == nil)
        let headed = try read("a,b\n" + text.replacing("\u{FEFF}", with: ""), piece: piece)
        #expect(headed.table == table)
        #expect(headed.names == ["a", "b"])
    }

    @Test("Quotes hold commas, line ends and quotes; names may be numbers where the caller says so")
    func quotes() throws {
        let (table, names) = try read("\"a, \"\"b\"\"\",\"c\nd\"\n1,2\n")
        #expect(names == ["a, \"b\"", "c\nd"])
        #expect(table == .rows([[1, 2]]))
        #expect(try read("1,2\n3,4", hasHeader: true).names == ["1", "2"])
        #expect(try read("1,2\n3,4", features: ["2", "1"]).names == ["1", "2"])
        #expect(throws: Never.self) { try read("a,b", hasHeader: true) }
    }

    @Test("An empty cell is a missing number")
    func empty() throws {
        guard case .numbers(let numbers) = try read("1,,3\n,nan,\n").table.cells else {
            Issue.record("the cells are not all numbers")
            return
        }
        #expect(numbers.map(\.isNaN) == [false, true, false, true, true, true])
    }

    @Test("Where an input takes text, cells stay as they are written")
    func text() throws {
        let (table, names) = try read("007,x\n\"a,b\",\n", takesText: true)
        #expect(names == nil)
        #expect(table.cells == .values([.text("007"), .text("x"), .text("a,b"), .text("")]))
        #expect(try read("sex,age\nf,3\n", features: ["age", "sex"], takesText: true).names == ["sex", "age"])
    }

    @Test("A line of another length is noted by its row")
    func ragged() throws {
        #expect(try read("a,b\n1,2\n3\n").table.oddRow == PredictionTable.OddRow(row: 1, count: 1))
        #expect(try read("1,2\n3,4,5\n").table.oddRow == PredictionTable.OddRow(row: 1, count: 3))
    }

    @Test(
        "What is no CSV is refused with its line",
        arguments: [
            ("1,\"2", "line 1: ends within quotes"), ("1,2\n3,4\"5\n", "line 2: has a quote within a cell"),
            ("\"1\"2\n", "line 1: has text after a quoted cell"), ("1\r2\n", "line 1: has a carriage return"),
            ("\"a\nb\"\n\"x", "line 3: ends within quotes"),
        ])
    func refused(text: String, message: String) {
        let error = #expect(throws: SlipwayError.self) { try read(text) }
        #expect(error?.code == .invalid)
        #expect(error?.faults.first?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }
}
