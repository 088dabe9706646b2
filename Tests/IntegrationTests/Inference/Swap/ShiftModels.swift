import Foundation
import SlipwayAPI

/// Models that add a number to every element: an answer tells which of them it came from.
enum ShiftModels {
    /// Writes `shift-N.onnx` for each number.
    static func make(_ numbers: ClosedRange<Int>, in folder: String) async throws {
        try await PythonScript.run(
            """
            from onnx import TensorProto, helper, save

            value = helper.make_tensor_value_info
            for number in range(\(numbers.lowerBound), \(numbers.upperBound) + 1):
                shift = helper.make_tensor("shift", TensorProto.FLOAT, [1], [float(number)])
                graph = helper.make_graph(
                    [helper.make_node("Add", ["x", "shift"], ["y"])], "shift",
                    [value("x", TensorProto.FLOAT, [None, 2])], [value("y", TensorProto.FLOAT, [None, 2])], [shift])
                model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
                save(model, f"shift-{number}.onnx")
            """, in: folder)
    }

    /// Uploads the model of a number as the next version of a name.
    @discardableResult
    static func upload(_ number: Int, as name: String, to server: TestServer, from folder: String) async throws -> Int {
        let body = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/shift-\(number).onnx"))
        let answer = try await server.send(
            "POST", "/api/v1/models/\(name)/versions?filename=model.onnx", body: body,
            contentType: "application/octet-stream")
        return try answer.decoded(ModelVersionAnswer.self, status: 201).version
    }

    /// One inference.
    static func infer(
        _ name: String, version: String? = nil, value: Int = 0, on server: TestServer, as person: Person = .ada
    ) async throws -> HTTPAnswer {
        let path = "/v2/models/\(name)" + (version.map { "/versions/\($0)" } ?? "") + "/infer"
        return try await server.post(path, json: request(value), as: person)
    }

    static func request(_ value: Int) -> String {
        #"{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 2], "data": [\#(value), \#(value)]}]}"#
    }

    struct Answer: Decodable {
        struct Output: Decodable {
            let data: [Double]
        }

        let version: String
        let outputs: [Output]

        enum CodingKeys: String, CodingKey {
            case version = "model_version"
            case outputs
        }
    }
}
