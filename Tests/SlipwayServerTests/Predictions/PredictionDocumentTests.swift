import Foundation
import HTTPTypes
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServices
import Testing

@testable import SlipwayServer

@Suite("Bodies of predictions")
struct PredictionDocumentTests {
    private func read(_ text: String, texts: Set<String> = []) throws -> PredictionDocument {
        try PredictionDocument(ByteBuffer(string: text), texts: texts)
    }

    private func table(_ rows: String) throws -> PredictionTable {
        guard case .rows(let table, nil) = try read(#"{"rows": \#(rows)}"#).request.content else {
            throw Problem(.badRequest, "no rows without names")
        }
        return table
    }

    private func named(_ rows: String) throws -> (table: PredictionTable, names: [String]) {
        guard case .rows(let table, let names?) = try read(#"{"rows": \#(rows)}"#).request.content else {
            throw Problem(.badRequest, "no named rows")
        }
        return (table, names)
    }

    private func problem(_ text: String) -> String {
        do {
            _ = try read(text)
            Issue.record("\(text) was taken")
            return ""
        } catch let problem as Problem {
            return ([problem.detail] + problem.fields.map { "\($0.path): \($0.message)" }).joined(separator: " | ")
        } catch {
            return "\(error)"
        }
    }

    @Test("Rows of numbers, one flat row, and one bare value")
    func rows() throws {
        let two = try table("[[1, -2.5e1], [3,4]]")
        #expect(two == PredictionTable(.numbers([1, -25, 3, 4]), rowCount: 2, rowShape: [2]))
        #expect(try table(" [ 1 ,2, 3 ] ") == PredictionTable(row: [1, 2, 3]))
        #expect(try table("7") == PredictionTable(row: [7]))
        #expect(try table("[]").rowCount == 0)
        let deep = try table("[[[1, 2], [3, 4], [5, 6]]]")
        #expect(deep.rowShape == [3, 2])
        #expect(deep.rowCount == 1)
    }

    @Test(
        "A number is the nearest one, however it is written",
        arguments: [
            "0", "-0.0", "1.5", "123456789012345678", "0.1", "1e22", "1e23", "-1.7976931348623157e308", "5e-324",
            "9007199254740993", "3.14159265358979323846264338327950288", "0.00000000000000000000000000001234",
            "100000000000000000000000", "1e-400", "2.2250738585072011e-308", "12345678901234567890123e-10",
        ])
    func numbers(text: String) throws {
        let wanted = try #require(Double(text))
        switch try table("[\(text)]").cells {
        case .numbers(let numbers): #expect(numbers.map(\.bitPattern) == [wanted.bitPattern])
        case .values(let values):
            // A whole number that a Double cannot hold keeps its digits.
            guard case .integer(let integer) = values[0] else {
                Issue.record("\(values)")
                return
            }
            #expect(Int64(text) == integer)
        }
    }

    @Test("Random numbers survive, short and long")
    func randomNumbers() throws {
        var random = SystemRandomNumberGenerator()
        let numbers = (0..<2000).map { _ in
            Double(bitPattern: random.next()).isFinite ? Double(bitPattern: random.next()) : 1
        }.map { $0.isFinite ? $0 : 2 }
        let text = numbers.map(\.description).joined(separator: ",")
        guard case .numbers(let found) = try table("[\(text)]").cells else {
            Issue.record("the cells are not all numbers")
            return
        }
        #expect(found.map(\.bitPattern) == numbers.map(\.bitPattern))
    }

    @Test("Other values keep their kinds, and what Python writes for a missing number is one")
    func values() throws {
        let mixed = try table(#"[["a\u00e9\n\ud83d\ude00", true, 9223372036854775807, 18446744073709551615, 1]]"#)
        #expect(
            mixed.cells
                == .values([.string("aé\n😀"), .bool(true), .integer(.max), .unsigned(.max), .number(1)]))
        guard case .numbers(let missing) = try table("[null, NaN, Infinity, -Infinity]").cells else {
            Issue.record("the cells are not all numbers")
            return
        }
        #expect(missing[0].isNaN && missing[1].isNaN)
        #expect(missing[2...] == [.infinity, -.infinity])
    }

    @Test("A row of another length is noted; one of another depth is refused")
    func ragged() throws {
        #expect(try table("[[1, 2], [3], [4, 5]]").oddRow == PredictionTable.OddRow(row: 1, count: 1))
        #expect(problem(#"{"rows": [[1, 2], [[3, 4]]]}"#).contains("rows[1]: has the shape [1, 2]"))
        #expect(problem(#"{"rows": [[[1, 2], [3]]]}"#).contains("different lengths"))
        #expect(problem(#"{"rows": [[1, [2]]]}"#).contains("a value in rows"))
        #expect(problem(#"{"rows": [1, [2]]}"#).contains("a value in rows"))
        #expect(problem(#"{"rows": [[1], 2]}"#).contains("to open a row"))
        #expect(problem("{\"rows\": " + String(repeating: "[", count: 100_000)).contains("nest deeper"))
    }

    @Test("Named rows become columns in the first row's order, with holes where a row has none")
    func namedRows() throws {
        let same = try named(#"[{"a": 1, "b": 2}, {"b": 4, "a": 3}]"#)
        #expect(same.names == ["a", "b"])
        #expect(same.table.cells == .values([.number(1), .number(2), .number(3), .number(4)]))
        let regular = try named(#"[{"a": 1, "b": 2}, {"a": 3, "b": 4}]"#)
        #expect(regular.table == PredictionTable(.numbers([1, 2, 3, 4]), rowCount: 2, rowShape: [2]))
        let holes = try named(#"[{"a": 1}, {"b": "x", "a": 2}, {}]"#)
        #expect(holes.names == ["a", "b"])
        #expect(
            holes.table.cells
                == .values([.number(1), .absent, .number(2), .string("x"), .absent, .absent]))
        let short = try named(#"[{"a": 1, "b": 2}, {"a": 3}]"#)
        #expect(short.table.cells == .values([.number(1), .number(2), .number(3), .absent]))
        let shortFirst = try named(#"[{"a": 1, "b": 2}, {"a": 3}, {"a": 4, "b": 5}]"#)
        #expect(
            shortFirst.table.cells
                == .values([.number(1), .number(2), .number(3), .absent, .number(4), .number(5)]))
        #expect(problem(#"{"rows": [{"a": 1}, {"a": 1, "b": 2, "a": 3}]}"#).contains("rows[1]: has “a” twice"))
        #expect(problem(#"{"rows": [{"a": 1, "a": 2}]}"#).contains("rows[0]: has “a” twice"))
        #expect(problem(#"{"rows": [{"a": {}}]}"#).contains("a value, or a list of values, for “a”"))
        #expect(problem(#"{"rows": [{"a": 1}, [1]]}"#).contains("to open a row"))
    }

    @Test("A list in a named row stands for as many columns, numbered from 0")
    func lists() throws {
        let lists = try named(#"[{"met": 1, "jet": [2, 3]}, {"jet": [], "met": 4}, {"jet": [ 5 ], "met": 6}]"#)
        #expect(lists.names == ["met", "jet_0", "jet_1"])
        #expect(
            lists.table.cells
                == .values([
                    .number(1), .number(2), .number(3), .number(4), .absent, .absent, .number(6), .number(5), .absent,
                ]))
        #expect(problem(#"{"rows": [{"a": [1], "a_0": 2}]}"#).contains("rows[0]: has “a_0” twice"))
        #expect(problem(#"{"rows": [{"a": [[1]]}]}"#).contains("a value in the list “a”"))
        #expect(problem(#"{"rows": [{"a": [1}]}"#).contains("“a”"))
    }

    @Test("Named rows with more holes than a request may have values are refused")
    func manyHoles() {
        let names = (0..<1000).map { #""n\#($0)": 1"# }.joined(separator: ",")
        let rows = String(repeating: ",{}", count: 9000)
        #expect(problem("{\"rows\": [{\(names)}\(rows)]}").contains("more than"))
    }

    @Test("Keys name values; an empty list of them is none")
    func keys() throws {
        let request = try read(#"{"keys": ["b", "a"], "values": [1, 2], "model": "luca"}"#, texts: ["model"])
        #expect(request.texts == ["model": "luca"])
        #expect(request.request.field == "values")
        #expect(request.request.content == .rows(PredictionTable(row: [1, 2]), names: ["b", "a"]))
        let none = try read(#"{"keys": [], "values": [[1, 2]]}"#).request
        #expect(none.content == .rows(PredictionTable(.numbers([1, 2]), rowCount: 1, rowShape: [2]), names: nil))
        #expect(problem(#"{"keys": ["a"], "rows": [{"a": 1}]}"#).contains("keys: go with rows"))
        #expect(problem(#"{"keys": ["a"], "inputs": {"a": 1}}"#).contains("keys: go with rows"))
    }

    @Test("Inputs, raw and outputs")
    func members() throws {
        let request = try read(#"{"raw": true, "outputs": ["y"], "inputs": {"a": [[1]], "b": 2}}"#).request
        #expect(request.isRaw)
        #expect(request.outputs == ["y"])
        #expect(
            request.content
                == .inputs([
                    .init(name: "a", table: PredictionTable(.numbers([1]), rowCount: 1, rowShape: [1])),
                    .init(name: "b", table: PredictionTable(row: [2])),
                ]))
    }

    @Test(
        "What is no such body is refused with the member or the place",
        arguments: [
            ("", "expected “{”"), ("{}", "rows: is missing"), (#"{"rows": [1]} x"#, "the end of the body, found “x”"),
            (#"{"row": [1]}"#, "row: is not known; known are rows"),
            (#"{"rows": [1], "values": [1]}"#, "cannot stand beside"),
            (#"{"rows": [1], "rows": [2]}"#, "rows: stands twice"),
            (#"{"raw": 1, "rows": [1]}"#, "true or false for raw"),
            (#"{"outputs": "y", "rows": [1]}"#, "to open outputs"), (#"{"rows": [01]}"#, "leading zeros"),
            (#"{"rows": [1.]}"#, "after the decimal point"), (#"{"rows": [1e]}"#, "in the exponent"),
            (#"{"rows": [-]}"#, "a number"), (#"{"rows": [+1]}"#, "a value"), (#"{"rows": [1 2]}"#, "“]” or “,”"),
            (#"{"rows": [1,]}"#, "a value"), (#"{"rows": ["a]}"#, "end of a string"),
            (#"{"rows": ["\x"]}"#, "an escape"),
            (#"{"rows": ["\ud800"]}"#, "halves of a character"), ("{\"rows\": [\"\u{1}\"]}", "control character"),
            (#"{"rows": [1e999]}"#, "beyond every type's range"), (#"{"inputs": {"a": [{"b": 1}]}}"#, "without names"),
            (#"{"inputs": {"a": 1, "a": 2}}"#, "stands twice"), (#"{"rows": [tru]}"#, "a value"),
        ])
    func refused(text: String, message: String) {
        let found = problem(text)
        #expect(found.contains(message), "\(found)")
    }

    @Test("Bytes that are not UTF-8, and every cut of a good body, are refused")
    func broken() throws {
        var bytes = ByteBuffer(string: #"{"rows": [""#)
        bytes.writeBytes([0xC3, 0x28])
        bytes.writeString(#""]}"#)
        #expect(throws: Problem.self) { try PredictionDocument(bytes) }
        let whole = #"{"rows": [{"a": 1.5e3, "b": "x\u00e9\ud83d\ude00"}], "raw": true, "outputs": ["y"]}"#
        _ = try read(whole)
        for count in 0..<whole.utf8.count {
            #expect(throws: Problem.self) {
                try PredictionDocument(ByteBuffer(bytes: Array(whole.utf8.prefix(count))))
            }
        }
    }
}
