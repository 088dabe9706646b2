import Foundation
import SlipwayAPI

/// The sample of the documentation.
enum Wine {
    static let features = [13.2, 2.77, 2.51, 18.5, 96.6, 1.04, 2.55, 0.57, 1.47, 6.2, 1.05, 3.33, 820]

    static func folder() throws -> String { try TestEnvironment.current().repository + "/docs/examples/wine" }

    /// The form as curl sends it: `-F files=@config.json -F files=@train.py`.
    static func form(config: String = "config.json") throws -> MultipartForm {
        let folder = try folder()
        var form = MultipartForm()
        form.add(file: config, try file("\(folder)/\(config)"), type: "application/octet-stream")
        form.add(file: "train.py", try file("\(folder)/train.py"), type: "application/octet-stream")
        return form
    }

    static func submit(to server: TestServer, config: String = "config.json") async throws -> TestTask {
        let task: TaskAnswer = try await server.post("/new_task", form: try form(config: config)).decoded(status: 201)
        return TestTask(server: server, id: task.id, owner: .ada)
    }

    /// What a model of these features answers to the sample's row: its class.
    static func prediction(of model: String, by server: TestServer) async throws -> Int {
        let row = features.map { "\($0)" }.joined(separator: ", ")
        let request = """
            {"inputs": [{"name": "input", "datatype": "FP32", "shape": [1, \(features.count)], "data": [\(row)]}]}
            """
        let answer: Prediction = try await server.post("/v2/models/\(model)/infer", json: request).decoded()
        guard let output = answer.outputs.first(where: { $0.datatype == "INT64" }), let value = output.data.first else {
            throw TestFailure("the prediction of \(model) has no class")
        }
        return Int(value)
    }

    private static func file(_ path: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path) else { throw TestFailure("no file \(path)") }
        return data
    }
}
