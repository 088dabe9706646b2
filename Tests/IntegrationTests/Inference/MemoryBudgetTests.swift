import Foundation
import SlipwayAPI
import Testing

@Suite("Many models on a small budget")
struct MemoryBudgetTests {
    private static let models = 50
    private static let clients = 32
    private static let requestsOfAClient = 25
    /// Room for ten to twenty: each model has 4 MiB of weights, and takes some more.
    private static let budget: Int64 = 80 << 20

    @Test("50 models, room for 10, 32 clients that ask at random: no failure, and never more memory than the budget")
    func random() async throws {
        var settings = ServerSettings()
        settings.lines.append("model_memory: \(Self.budget >> 20)M")
        try await withTestServer(settings) { server in
            try await makeModels(in: server.folder)
            for number in 0..<Self.models {
                let body = try Data(contentsOf: URL(fileURLWithPath: "\(server.folder)/table-\(number).onnx"))
                let answer = try await server.send(
                    "POST", "/api/v1/models/table-\(number)/versions?filename=model.onnx", body: body,
                    contentType: "application/octet-stream")
                #expect(answer.status == 201)
            }
            try await withThrowingTaskGroup { group in
                for client in 0..<Self.clients {
                    group.addTask {
                        var generator = SeededGenerator(seed: UInt64(client))
                        for _ in 0..<Self.requestsOfAClient {
                            try await ask(Int.random(in: 0..<Self.models, using: &generator), server)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let metrics = try await server.get("/metrics", as: .admin).text
            let loads = metrics.matches(of: /slipway_model_loads_total\{model="table-[0-9]+",version="1"\} ([0-9]+)/)
                .compactMap { Int($0.output.1) }.reduce(0, +)
            let loaded = try #require(
                metrics.firstMatch(of: /\nslipway_models_loaded ([0-9]+)\n/).flatMap { Int($0.output.1) })
            // Each was asked for, and most of them came and went again.
            #expect(loads > Self.models * 2)
            #expect((5...20).contains(loaded), "\(loaded) models in a budget of the weights of twenty")
        }
    }

    private func ask(_ number: Int, _ server: TestServer) async throws {
        let answer = try await server.post(
            "/v2/models/table-\(number)/infer",
            json: #"{"inputs": [{"name": "row", "datatype": "INT64", "shape": [1], "data": [7]}]}"#)
        let found = try answer.decoded(ShiftModels.Answer.self)
        #expect(found.outputs.first?.data == [Double(number), Double(number)])
        let used = try await server.get("/metrics", as: .admin).text
            .firstMatch(of: /\nslipway_model_memory_used_bytes ([0-9]+)\n/).flatMap { Int64($0.output.1) }
        #expect(try #require(used) <= Self.budget)
    }

    /// Models that look a row up in a table which holds their number everywhere: the table cannot be folded away.
    private func makeModels(in folder: String) async throws {
        try await PythonScript.run(
            """
            import numpy as np
            from onnx import TensorProto, helper, numpy_helper, save

            value = helper.make_tensor_value_info
            for number in range(\(Self.models)):
                table = numpy_helper.from_array(np.full((1 << 19, 2), number, np.float32), "table")
                graph = helper.make_graph(
                    [helper.make_node("Gather", ["table", "row"], ["y"])], "table",
                    [value("row", TensorProto.INT64, [None])], [value("y", TensorProto.FLOAT, [None, 2])], [table])
                model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
                save(model, f"table-{number}.onnx")
            """, in: folder)
    }
}

/// SplitMix64: the same numbers in every run.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
