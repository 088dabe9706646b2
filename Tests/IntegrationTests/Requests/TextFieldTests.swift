import Foundation
import SlipwayAPI
import Testing

@Suite("Text that is allowed", .sharedServer())
struct TextFieldTests {
    @Test("Nasty text makes a script that bash can read and that runs none of it", arguments: NastyText.all)
    func preview(text: String) async throws {
        let server = try TestServer.shared()
        let config = TaskConfig(
            experiment: text, modelName: "nasty", params: [text: .string(text)],
            further: ["model_tracking": .bool(true), "tracking_uri": .string(text), "project_path": .string(text)])
        let form = try MultipartForm.task(config, .quick)
        let preview: TaskPreviewAnswer = try await server.post("/new_task?dry_run=true", form: form).decoded()
        let file = try server.scratch(Data(preview.script.utf8), name: "script-\(UUID().uuidString)")
        let bash = try await Command(program: "bash", arguments: ["-n", file]).run()
        #expect(bash.code == 0, "\(bash.errors)\n\(preview.script)")
        #expect(bash.errors == "")
        #expect(!FileManager.default.fileExists(atPath: NastyText.trace))
    }

    @Test("All of it reaches one real job unchanged: its parameters, its experiment, its name in squeue and scontrol")
    func job() async throws {
        let server = try TestServer.shared()
        let name = NastyText.all.prefix(6).joined(separator: "•")
        let params = Dictionary(
            uniqueKeysWithValues: NastyText.all.map { ($0, JSONValue.string($0 + "\n\t\u{0}" + $0)) })
        let config = TaskConfig(
            experiment: name, modelName: "nasty", params: params,
            further: ["model_tracking": .bool(true), "tracking_uri": .string("http://127.0.0.1:9/\(name)")])
        let task = try await server.submit(config, .telling)
        let ended = try await task.until("succeeded")
        #expect(ended.experiment == name)
        #expect(ended.modelParams == .object(params))
        #expect(try await Slurm.queue(under: task.folder).map(\.name) == [name])
        let scontrol = try await Slurm.run("scontrol", "show", "job", "\(try #require(ended.jobID))")
        #expect(scontrol.contains("JobName=\(name)\n"))
        let told = try await server.get("\(task.path)/files/attempts/1/output/params.json").decoded(JSONValue.self)
        #expect(told == .object(params))
        let environment: [String: String] = try await server.get(
            "\(task.path)/files/attempts/1/output/environment.json"
        ).decoded()
        #expect(environment["MLFLOW_EXPERIMENT_NAME"] == "\(name)_\(task.id)")
        #expect(!FileManager.default.fileExists(atPath: NastyText.trace))
    }
}
