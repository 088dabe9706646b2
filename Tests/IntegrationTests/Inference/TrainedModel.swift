import Foundation
import SlipwayAPI
import Testing

/// One of the training scripts of `docs/examples`, and what is known of its model.
struct TrainedModel: Sendable, CustomTestStringConvertible {
    /// The script's folder.
    var example: String
    var params: [String: JSONValue] = [:]
    /// Whether the model has one output, so that protocols that answer a bare list can be compared.
    var hasOneOutput = false

    /// Also the model's name.
    var name: String { params.isEmpty ? example : "\(example)_onnx" }
    var testDescription: String { name }

    static let all = [
        TrainedModel(example: "keras2", hasOneOutput: true),
        TrainedModel(example: "keras3", hasOneOutput: true),
        TrainedModel(example: "tensorflow"),
        TrainedModel(example: "sklearn_classifier"),
        TrainedModel(example: "sklearn_regressor", hasOneOutput: true),
        TrainedModel(example: "xgboost"),
        TrainedModel(example: "lightgbm"),
        TrainedModel(example: "digits", hasOneOutput: true),
        TrainedModel(example: "digits", params: ["format": .string("onnx")], hasOneOutput: true),
    ]

    /// Posts the script through `/new_task` and waits for its model.
    func train(on server: TestServer) async throws -> TestTask {
        let folder = server.environment.repository + "/docs/examples"
        func file(_ path: String) throws -> Data {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else {
                throw TestFailure("no file \(folder)/\(path)")
            }
            return data
        }
        let config = TaskConfig(
            experiment: name, image: "ml_latest", params: params, resources: ["memory": .string("4G")])
        var form = MultipartForm()
        form.add(file: "config.json", try config.data(), type: "application/json")
        form.add(file: "train.py", try file("\(example)/train.py"), type: "text/x-python")
        form.add(file: "companions.py", try file("companions.py"), type: "text/x-python")
        let answer: TaskAnswer = try await server.post("/new_task", form: form).decoded(status: 201)
        let task = TestTask(server: server, id: answer.id, owner: .ada)
        try await task.until("succeeded", within: .seconds(400))
        return task
    }
}
