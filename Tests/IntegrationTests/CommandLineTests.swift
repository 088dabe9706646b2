import Crypto
import Foundation
import SlipwayAPI
import Testing

@Suite("The command line against a server")
struct CommandLineTests {
    @Test("The wine sample is submitted, watched, listed, fetched, and asked")
    func wine() async throws {
        try await withTestServer { server in
            let folder = try Wine.folder()
            let submitted = try await server.slipway(
                "submit", "\(folder)/config.json", "\(folder)/train.py", "--watch")
            #expect(submitted.code == 0, "\(submitted.errors)")
            #expect(submitted.text.contains("succeeded"))
            let list: TaskListAnswer = try await server.slipway("list", "--json").decoded()
            let task = try #require(list.tasks.first)
            #expect(submitted.text.contains("Task \(task.id)"))
            #expect(try await server.slipway("list").text.contains(task.id))
            let status: TaskAnswer = try await server.slipway("status", task.id, "--json").decoded()
            #expect(status.state == "succeeded")
            #expect(try await server.slipway("status", task.id).text.contains("wine:1"))
            #expect(try await server.slipway("log", task.id).text.contains("accuracy: "))
            #expect(try await server.slipway("log", "-f", task.id).text.contains("accuracy: "))

            let models: ModelListAnswer = try await server.slipway("model", "list", "--json").decoded()
            #expect(models.models.map(\.newest.name) == ["wine"])
            let pulled = try await server.slipway("model", "pull", "wine", folder: server.folder)
            #expect(pulled.code == 0, "\(pulled.errors)")
            let archive = try #require(FileManager.default.contents(atPath: server.folder + "/wine-1.tar.gz"))
            let digest = SHA256.hash(data: archive).map { String(format: "%02x", $0) }.joined()
            #expect(digest == status.model?.sha256)

            let row = Wine.features.map { "\($0)" }.joined(separator: ",")
            let prediction: PredictionAnswer = try await server.slipway("predict", "wine", row, "--json").decoded()
            #expect(prediction.outputs.values.contains(.array([.integer(0)])))
            let shown = try await server.slipway("predict", "wine:default", row)
            #expect(shown.code == 0)
            #expect(!shown.text.isEmpty)
        }
    }

    @Test("Exit codes tell a task that failed, a refusal, and a server that is not there")
    func exitCodes() async throws {
        try await withTestServer { server in
            let config = try server.scratch(TaskConfig().data(), name: "failing.json")
            let script = try server.scratch(Data(TrainingScript.failing.text.utf8), name: "train.py")
            let failed = try await server.slipway("submit", config, script, "--watch")
            #expect(failed.code == 1)
            #expect(failed.text.contains("ValueError: the wine is sour"))
            let lines = try await server.slipway("submit", config, script, "--watch", "--json")
            #expect(lines.code == 1)
            #expect(lines.text.split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })

            let bad = try server.scratch(TaskConfig(image: "no_such").data(), name: "bad.json")
            let refused = try await server.slipway("submit", bad, script)
            #expect(refused.code == 3)
            #expect(refused.errors.contains("no_such"))
            #expect(refused.errors.contains("sklearn_sample_latest"))
            #expect(try await server.slipway("status", "0000000000").code == 3)
            #expect(try await server.slipway("status", "0000000000", as: .bob).code == 3)
            try await server.stop()
            #expect(try await server.slipway("list").code == 4)
        }
    }

    @Test("A task is cancelled and tried again from the command line")
    func cancel() async throws {
        try await withTestServer { server in
            let config = try server.scratch(TaskConfig().data(), name: "config.json")
            let script = try server.scratch(Data(TrainingScript.gated.text.utf8), name: "train.py")
            let answer: TaskAnswer = try await server.slipway("submit", config, script, "--json").decoded()
            let task = TestTask(server: server, id: answer.id, owner: .ada)
            try await task.until("running")
            let cancelled: TaskAnswer = try await server.slipway("cancel", task.id, "--json").decoded()
            #expect(cancelled.cancelRequestedAt != nil)
            #expect(try await server.slipway("watch", task.id).code == 1)
            #expect(try await task.now().state == "cancelled")
            #expect(try await server.slipway("retry", task.id).code == 0)
            try await task.until("running", attempt: 2)
            try task.openGate()
            #expect(try await server.slipway("watch", task.id).code == 0)
        }
    }
}

extension Command.Output {
    /// The JSON that it printed.
    fileprivate func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        guard code == 0 else { throw TestFailure("the exit code is \(code): \(errors)") }
        return try WireJSON.decoder().decode(type, from: Data(text.utf8))
    }
}
