import Foundation
import SlipwayAPI
import SlipwayClient
import Testing

@Suite("Predictions")
struct PredictionTests {
    @Test(
        "Rows become a table without a header",
        arguments: [
            (["1,2.5", "-3,4e2"], "1,2.5\r\n-3,4e2\r\n"), (["[1, 2]"], "1,2\r\n"), (["1,", "2,", "3"], "1,2,3\r\n"),
            (["true,0"], "true,0\r\n"), (["a, b \"c\""], "a,\"b \"\"c\"\"\"\r\n"), (["[a=1]"], "a=1\r\n"),
            (["a=1,2"], "a=1,2\r\n"), (["=1"], "=1\r\n"), (["a=1", "2"], "a=1\r\n2\r\n"),
        ])
    func rows(arguments: [String], table: String) {
        let question = PredictionQuestion(rows: arguments)
        #expect(String(decoding: question.body, as: UTF8.self) == table)
        #expect(question.contentType == "text/csv")
        #expect(question.hasHeader == false)
    }

    @Test("Named values become one row under its header")
    func named() {
        let question = PredictionQuestion(rows: ["alcohol=13.2", " name = x=y ", "empty="])
        #expect(String(decoding: question.body, as: UTF8.self) == "alcohol,name,empty\r\n13.2,x=y,\r\n")
        #expect(question.hasHeader == true)
    }

    @Test(
        "A file is what its name says",
        arguments: [
            ("a.CSV", "text/csv"), ("a.json", "application/json"), ("", "application/json"), ("b/a.png", "image/png"),
            ("a.jpeg", "image/jpeg"), ("a.jpg", "image/jpeg"),
        ])
    func files(name: String, type: String) throws {
        let question = try PredictionQuestion(file: name, Data("x".utf8))
        #expect(question.contentType == type)
        #expect(question.body == Data("x".utf8))
        #expect(question.hasHeader == nil)
    }

    @Test("A file of another kind is refused with those that are taken")
    func strange() {
        let error = #expect(throws: ClientError.self) { try PredictionQuestion(file: "a.gif", Data()) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains(".csv, .json, .png and .jpg") == true)
    }

    private func answer(_ predictions: Int, labels: [String]?, _ outputs: [String: JSONValue]) -> PredictionAnswer {
        PredictionAnswer(
            model: "m", version: 1, digest: "00", predictions: Array(repeating: .null, count: predictions),
            labels: labels, top: nil, outputs: outputs)
    }

    @Test("Outputs with a value for each row share a table with the classes")
    func table() {
        let text = answer(
            2, labels: ["red", "white"],
            [
                "label": .array([.integer(0), .integer(1)]),
                "probability": .array([.array([.number(0.97), .integer(0)]), .array([.number(0.25), .null])]),
            ]
        ).text()
        #expect(
            text == """
                label  probability  class
                0      0.97, 0      red
                1      0.25, null   white

                """)
    }

    @Test("Outputs of different lengths have a line each")
    func lines() {
        let text = answer(
            1, labels: nil, ["a": .array([.number(1.5)]), "b": .array([.string("x"), .bool(true)])]
        ).text()
        #expect(text == "a: 1.5\nb: x, true\n")
    }
}
