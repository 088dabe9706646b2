import Foundation
import SlipwayAPI
import SlipwayClient
import Testing

@Suite("Predictions")
struct PredictionTests {
    private func metadata(_ datatype: String, _ shape: [Int]) throws -> InferenceMetadata {
        let text = #"{"name": "m", "inputs": [{"name": "X", "datatype": "\#(datatype)", "shape": \#(shape)}]}"#
        return try WireJSON.decoder().decode(InferenceMetadata.self, from: Data(text.utf8))
    }

    @Test(
        "Rows become the tensor that the model takes",
        arguments: [
            (["1,2.5", "-3,4e2"], "FP32", [-1, 2], "[1,2.5,-3,400]", "[2,2]"),
            (["[1, 2]"], "INT64", [-1, -1], "[1,2]", "[1,2]"),
            (["1,", "2,", "3"], "INT32", [1, 3], "[1,2,3]", "[1,3]"),
            (["1,2,3,4,5,6"], "FP64", [-1, 3, -1], "[1,2,3,4,5,6]", "[1,3,2]"),
            (["1,2", "3"], "UINT8", [-1], "[1,2,3]", "[3]"),
            (["true,0"], "BOOL", [-1, 2], "[true,false]", "[1,2]"),
            (["a, b c"], "BYTES", [-1, 2], #"["a","b c"]"#, "[1,2]"),
        ])
    func rows(arguments: [String], datatype: String, shape: [Int], data: String, sent: String) throws {
        let request = try PredictionRows(arguments, for: metadata(datatype, shape)).request()
        #expect(
            String(decoding: request, as: UTF8.self)
                == #"{"inputs":[{"data":\#(data),"datatype":"\#(datatype)","name":"X","shape":\#(sent)}]}"#)
    }

    @Test(
        "Values that do not fit are refused with what would",
        arguments: [
            (["1,2"], "FP32", [-1, 3], "takes 3 values a row; 2 were given"),
            (["1,2", "1"], "FP32", [-1, -1], "row 1 has 2 values, but row 2 has 1"),
            (["1", "2"], "FP32", [1, 1], "takes 1 rows; 2 were given"),
            (["x"], "FP32", [-1, 1], "“x” is not a number"),
            (["nan"], "FP32", [-1, 1], "“nan” is not a number"), (["1.5"], "INT64", [-1, 1], "not a whole number"),
            (["yes"], "BOOL", [-1, 1], "neither true nor false"), (["1,"], "FP32", [-1, 2], "“” is not a number"),
            (["1"], "FP32", [], "--request"), (["1"], "FP32", [-1, -1, -1], "--request"),
        ])
    func refused(arguments: [String], datatype: String, shape: [Int], message: String) throws {
        let metadata = try metadata(datatype, shape)
        let error = #expect(throws: ClientError.self) { try PredictionRows(arguments, for: metadata) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains(message) == true)
    }

    @Test("Outputs with the same number of rows share a table, and FP32 is printed as short as it is")
    func table() {
        let answer = InferenceAnswer(outputs: [
            .init(name: "label", datatype: "INT64", shape: [2], data: .array([.integer(0), .integer(1)])),
            .init(
                name: "probability", datatype: "FP32", shape: [2, 2],
                data: .array([
                    .array([.number(0.9700000286102295), .integer(0)]), .array([.number(0.25), .number(0.75)]),
                ])),
        ])
        #expect(
            answer.text() == """
                label  probability
                0      0.97, 0
                1      0.25, 0.75

                """)
    }

    @Test("Outputs of different lengths have a line each")
    func lines() {
        let answer = InferenceAnswer(outputs: [
            .init(name: "a", datatype: "FP64", shape: [1], data: .array([.number(1.5)])),
            .init(name: "b", datatype: "BYTES", shape: [2], data: .array([.string("x"), .string("y")])),
        ])
        #expect(answer.text() == "a FP64 [1]: 1.5\nb BYTES [2]: x, y\n")
    }
}
