import Foundation
import SlipwayAPI
import Testing

@Suite("Models of the examples, from training to prediction")
struct TrainedModelsTests {
    private static let tolerance = 1e-5

    @Test("Each is trained in its image, and every protocol says what its library says", arguments: TrainedModel.all)
    func everyProtocol(model: TrainedModel) async throws {
        try await withTestServer { server in
            let task = try await model.train(on: server)
            let known = try await KnownPrediction.read(from: task)
            try await openInference(model, known, server)
            try await openInferenceInBinary(model, known, server)
            try await servingOfTensorFlow(model, known, server)
            try await native(model, known, server)
            if model.hasOneOutput, known.inputs[0].shape.count == 2 {
                try await tfaas(model, known, server)
                try await mlbuffet(model, known, server)
            }
        }
    }

    private func openInference(_ model: TrainedModel, _ known: KnownPrediction, _ server: TestServer) async throws {
        let request = ["inputs": known.inputs]
        let json = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
        let answer: Prediction = try await server.post("/v2/models/\(model.name)/infer", json: json).decoded()
        for wanted in known.outputs {
            let found = try #require(answer.outputs.first { $0.name == wanted.name }, "\(wanted.name)")
            #expect(found.shape.reduce(1, *) == wanted.data.count)
            #expect(difference(found.data, wanted.data) <= Self.tolerance, "\(wanted.name)")
        }
    }

    private func openInferenceInBinary(
        _ model: TrainedModel, _ known: KnownPrediction, _ server: TestServer
    ) async throws {
        let input = known.inputs[0]
        let wanted = try #require(known.outputs.last)
        let bytes = input.data.map { Float($0).bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
        let head = Data(
            """
            {"inputs": [{"name": "\(input.name)", "datatype": "FP32", "shape": \(input.shape), \
            "parameters": {"binary_data_size": \(bytes.count)}}], \
            "outputs": [{"name": "\(wanted.name)", "parameters": {"binary_data": true}}]}
            """.utf8)
        let answer = try await server.send(
            "POST", "/v2/models/\(model.name)/infer", body: head + bytes, contentType: "application/octet-stream",
            headers: ["Inference-Header-Content-Length": "\(head.count)"])
        try #require(answer.status == 200, "\(answer.text)")
        let length = try #require(answer.headers["inference-header-content-length"].flatMap { Int($0) })
        let tail = Data(answer.body.dropFirst(length))
        let found = tail.withUnsafeBytes { raw in
            stride(from: 0, to: raw.count, by: 4).map {
                Double(Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt32.self))))
            }
        }
        #expect(difference(found, wanted.data) <= Self.tolerance)
    }

    private func servingOfTensorFlow(
        _ model: TrainedModel, _ known: KnownPrediction, _ server: TestServer
    ) async throws {
        let body = String(decoding: try JSONEncoder().encode(["instances": known.inputs[0].nested()]), as: UTF8.self)
        let answer = try await server.post("/v1/models/\(model.name):predict", json: body).object()
        guard case .array(let rows)? = answer["predictions"] else { throw TestFailure("no predictions in \(answer)") }
        for wanted in known.outputs {
            let found = rows.flatMap { row -> [Double] in
                if case .object(let members) = row { return members[wanted.name]?.numbers ?? [] }
                return row.numbers
            }
            #expect(difference(found, wanted.data) <= Self.tolerance, "\(wanted.name)")
        }
    }

    private func native(_ model: TrainedModel, _ known: KnownPrediction, _ server: TestServer) async throws {
        let body = String(decoding: try JSONEncoder().encode(["rows": known.inputs[0].nested()]), as: UTF8.self)
        let answer = try await server.post("/api/v1/models/\(model.name)/predict", json: body).object()
        guard case .object(let outputs)? = answer["outputs"] else { throw TestFailure("no outputs in \(answer)") }
        for wanted in known.outputs {
            let found = try #require(outputs[wanted.name]?.numbers, "\(wanted.name)")
            #expect(difference(found, wanted.data) <= Self.tolerance, "\(wanted.name)")
        }
    }

    private func tfaas(_ model: TrainedModel, _ known: KnownPrediction, _ server: TestServer) async throws {
        let body = """
            {"keys": [], "values": \(known.firstRow), "model": "\(model.name)"}
            """
        let answer: JSONValue = try await server.post("/tfaas/json", json: body).decoded()
        #expect(difference(answer.numbers, known.outputs[0].row(0)) <= Self.tolerance)
    }

    private func mlbuffet(_ model: TrainedModel, _ known: KnownPrediction, _ server: TestServer) async throws {
        let rows = (0..<known.inputs[0].rows).map { known.inputs[0].row($0) }
        let answer = try await server.post(
            "/mlbuffet/api/v1/models/\(model.name)/prediction", json: #"{"values": \#(rows)}"#
        ).object()
        #expect(difference(answer["values"]?.numbers ?? [], known.values) <= Self.tolerance)
    }
}
