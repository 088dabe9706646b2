import Foundation
import Testing

@Suite("Models trained from ROOT files")
struct ServedModelTests {
    /// A model of a framework, served in one of its forms.
    struct Case: Sendable, CustomTestStringConvertible {
        var framework: String
        var model: String
        var serve: String
        var platform: String

        var testDescription: String { "\(framework) as \(platform)" }

        static let all = [
            Case(
                framework: "keras2", model: "ex_keras_model.py", serve: "saved_model",
                platform: "tensorflow_savedmodel"),
            Case(framework: "keras2", model: "ex_keras_model.py", serve: "onnx", platform: "onnx_onnxv1"),
            Case(
                framework: "keras3", model: "ex_keras3_model.py", serve: "saved_model",
                platform: "tensorflow_savedmodel"),
            Case(framework: "keras3", model: "ex_keras3_model.py", serve: "onnx", platform: "onnx_onnxv1"),
            Case(framework: "torch", model: "ex_torch_model.py", serve: "", platform: "onnx_onnxv1"),
        ]
    }

    /// What `served.py` found.
    private struct Comparison: Decodable {
        var events: Int
        var normalised: Double
        var raw: Double
        var auc: Double
        var testAUC: Double
        var platform: String

        enum CodingKeys: String, CodingKey {
            case events, normalised, raw, auc, platform
            case testAUC = "test_auc"
        }
    }

    @Test(
        "They separate signal from background, and the server says of fresh events, raw and scaled, what their framework says",
        arguments: Case.all)
    func served(_ example: Case) async throws {
        try await withTestServer { server in
            let sample = try await MadeSample(events: 12_000, for: server)
            try sample.writeParameters("params_served.json", ["serve": example.serve, "epochs": 4])
            try await sample.upload(to: server, as: "luca")
            let process = try await server.submitSample(
                "luca", ["model": example.model, "params": "params_served.json"])
            try await server.waitForProcess(process, "Exited (0)", within: .seconds(300))
            let version = "\(server.folder)/models/\(process)/1/files"
            let script = "\(server.environment.repository)/Tests/IntegrationTests/MLaaS4HEP/Python"
            let text = try await sample.run(
                [
                    "\(script)/served.py", example.framework, MadeSample.program(server.environment), sample.folder,
                    version, server.url, process,
                ], binding: [script, version], variables: ["SLIPWAY_TOKEN": server.token(of: .ada)])
            let line = try #require(text.split(separator: "\n").last)
            let found = try JSONDecoder().decode(Comparison.self, from: Data(line.utf8))
            #expect(found.platform == example.platform)
            #expect(found.events == 1000)
            #expect(found.normalised <= 1e-5)
            #expect(found.raw <= 1e-5)
            #expect(found.auc > 0.95)
            #expect(found.testAUC > 0.95)
        }
    }
}
