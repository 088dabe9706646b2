import Foundation
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServices
import Testing

@testable import SlipwayServer

@Suite("Answers to predictions")
struct PredictionAnswerTests {
    private func prediction(_ outputs: [Tensor]) -> Prediction {
        Prediction(
            version: ModelVersion(
                name: "w\"ine", version: 3, format: "onnx", sha256: "ab", bytes: 1, signature: nil, task: nil,
                ownerID: User.ID(1), owner: "ada", createdAt: Date(timeIntervalSince1970: 0), aliases: []),
            outputs: outputs, labels: ["a, \"b\"", "c"], top: [[ScoredLabel(label: "é\n", score: 0.5)], []])
    }

    private let label = Tensor(name: "label", shape: [2], values: .int64([.max, -1]))
    private let scores = Tensor(name: "p", shape: [2, 2], values: .float32([0.1, .nan, 1e-7, .infinity]))

    private func text(_ body: ByteBuffer) -> String { String(buffer: body) }

    @Test("JSON is what the answer's type reads, floats as short as they are, null for what is not finite")
    func json() throws {
        let body = PredictionWriter.json(prediction([label, scores]))
        #expect(
            text(body)
                == #"{"model":"w\"ine","version":3,"digest":"ab","predictions":[9223372036854775807,-1],"#
                + #""labels":["a, \"b\"","c"],"top":[[{"label":"é\u000a","score":0.5}],[]],"#
                + #""outputs":{"label":[9223372036854775807,-1],"p":[[0.1,null],[1e-07,null]]}}"#)
        let answer = try WireJSON.decoder().decode(PredictionAnswer.self, from: Data(body.readableBytesView))
        #expect(answer.model == "w\"ine")
        #expect(answer.labels == ["a, \"b\"", "c"])
        #expect(answer.top?.first?.first?.label == "é\n")
        #expect(answer.outputs["p"] == .array([.array([.number(0.1), .null]), .array([.number(1e-07), .null])]))
    }

    @Test(
        "Every type and shape is written",
        arguments: [
            (Tensor(name: "y", shape: [], values: .float64([1.5])), "[1.5]", "1.5"),
            (Tensor(name: "y", shape: [2], values: .bool([true, false])), "[true,false]", "[true,false]"),
            (Tensor(name: "y", shape: [1, 1], values: .string([Array("x".utf8)])), #"[["x"]]"#, #"[["x"]]"#),
            (Tensor(name: "y", shape: [0, 2], values: .int8([])), "[]", "[]"),
            (Tensor(name: "y", shape: [1, 2, 1], values: .uint8([1, 2])), "[[[1],[2]]]", "[[[1],[2]]]"),
            (Tensor(name: "y", shape: [1, 0], values: .float16([])), "[[]]", "[[]]"),
        ])
    func shapes(tensor: Tensor, predictions: String, output: String) {
        let body = text(PredictionWriter.json(prediction([tensor])))
        #expect(body.contains("\"predictions\":\(predictions),"))
        #expect(body.contains("\"outputs\":{\"y\":\(output)}"))
    }

    @Test("CSV has a column for each value, with names that can be told apart")
    func csv() throws {
        let body = try PredictionCSV(prediction([label, scores])).body()
        #expect(
            text(body)
                == "label,p_0,p_1,labels\r\n9223372036854775807,0.1,,\"a, \"\"b\"\"\"\r\n-1,1e-07,inf,c\r\n")
        let odd = Tensor(name: "z", shape: [3], values: .int8([1, 2, 3]))
        #expect(throws: SlipwayError.self) { try PredictionCSV(prediction([label, odd])) }
    }

    @Test("CSV is for who names it before JSON")
    func accept() {
        #expect(PredictionRoutes.wantsTable("text/csv"))
        #expect(PredictionRoutes.wantsTable("Text/CSV, application/json;q=0.5"))
        #expect(!PredictionRoutes.wantsTable("application/json, text/csv"))
        #expect(!PredictionRoutes.wantsTable("*/*"))
        #expect(!PredictionRoutes.wantsTable(nil))
    }
}
