import Foundation
import HTTPTypes
import NIOCore
import SlipwayAPI
import SlipwayCore
import Testing

@testable import SlipwayDialects
@testable import SlipwayServer

@Suite("MLBuffet's answers")
struct MLBuffetAnswerTests {
    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try WireJSON.encoder().encode(value), as: UTF8.self)
    }

    @Test("The envelope has code, name and description, the members beside it")
    func envelope() throws {
        #expect(
            try Self.json(MLBuffetAnswer(.ok, "Prediction successful", members: ["values": [1]]))
                == #"{"http_status":{"code":200,"description":"Prediction successful","name":"OK"},"values":[1]}"#)
        #expect(
            try Self.json(MLBuffetAnswer(.created))
                == #"{"http_status":{"code":201,"description":"Created","name":"Created"}}"#)
    }

    @Test("An error is the envelope too, with every field at fault in its description")
    func errors() throws {
        let problem = Problem(
            .unprocessableContent, "The upload was not taken.",
            fields: [.init(path: "path", value: nil, message: "must have a file name")])
        let (type, body) = try ErrorStyle.mlbuffet.render(problem)
        #expect(type == "application/json")
        #expect(
            String(buffer: body)
                == #"{"http_status":{"code":422,"description":"The upload was not taken. "#
                + #"“path” must have a file name","name":"Unprocessable Entity"}}"#)
    }

    @Test(
        "A tensor is lists in lists, one level a dimension",
        arguments: [
            (Tensor(name: "", shape: [1], values: .int64([1])), "[1]"),
            (Tensor(name: "", shape: [], values: .float32([0.1])), "[0.1]"),
            (Tensor(name: "", shape: [2, 2], values: .float32([0.1, .nan, -1, 2.5e-9])), "[[0.1,null],[-1,2.5e-09]]"),
            (Tensor(name: "", shape: [1, 2, 1], values: .bool([true, false])), "[[[true],[false]]]"),
            (Tensor(name: "", shape: [2], values: .string([Array("a".utf8), Array("b".utf8)])), #"["a","b"]"#),
            (Tensor(name: "", shape: [0, 3], values: .float64([])), "[]"),
        ])
    func tensor(_ tensor: Tensor, _ text: String) throws {
        #expect(try Self.json(NestedTensor(tensor: tensor)) == text)
    }

    @Test(
        "A tag may name a version",
        arguments: [
            ("iris.onnx", "iris.onnx", nil), ("iris:2", "iris", "2"), ("iris:", "iris", ""), ("a:b:c", "a", "b:c"),
        ]
            as [(String, String, String?)])
    func tag(_ text: String, _ name: String, _ selector: String?) {
        let tag = ModelTag(text)
        #expect(tag.name == name)
        #expect(tag.selector == selector)
        #expect(tag.text == text)
    }
}
