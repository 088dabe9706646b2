import CAssets
package import SlipwayCore

/// Trains by a user's script in an environment that is made of its requirements for this one job.
package struct TrainingService: Sendable {
    let configuration: Configuration
    let tasks: TaskService

    /// What came in the parts of the form.
    package static let parts = ["dataset", "script", "requirements"]

    private static let runner = "slipway_train.py"

    private struct Parameters: Encodable {
        var dataset: String
        var script: String
        var requirements: String
        /// The file that the script leaves.
        var model: String
    }

    /// Begins an upload, once what the address says is found right.
    ///
    /// - Parameters:
    ///   - file: Name of the file that the script will leave as its model.
    ///   - tag: Name of the model; nil is the file's name without its extension.
    /// - Throws: `SlipwayError` of code `invalid` or `forbidden`.
    package func begin(modelFile file: String, tag: String?, for user: User) async throws -> TaskIntake {
        _ = try Self.modelName(file: file, tag: tag)
        return try await tasks.beginIntake(for: user)
    }

    /// Stores the task; it is durable when this returns. On an error nothing is left of the upload.
    ///
    /// - Throws: `SlipwayError`, of code `invalid` with what is missing or wrong.
    package func submit(
        _ intake: TaskIntake, modelFile file: String, tag: String?, idempotencyKey: String? = nil
    ) async throws -> Submission {
        do {
            let name = try Self.modelName(file: file, tag: tag)
            let files = await intake.files
            func named(_ part: String) throws -> String {
                guard let file = files.first(where: { $0.part == part }) else {
                    throw SlipwayError(
                        .invalid, "No \(part) was sent.",
                        faults: [
                            FieldFault(
                                path: part,
                                message: "is missing: send a file under the name “\(part)”, as in curl -F \(part)=@…")
                        ])
                }
                return file.name
            }
            let parameters = try Parameters(
                dataset: named("dataset"), script: named("script"), requirements: named("requirements"), model: file)
            let task = try ServerTask(
                .training(dataset: parameters.dataset), experiment: "train_\(name)", model: name,
                parameters: parameters, scripts: [(Self.runner, Asset.text(slipway_training_runner()))],
                place: configuration.training, clusters: configuration.clusters)
            try await task.write(to: intake)
            return try await tasks.submit(intake, idempotencyKey: idempotencyKey, serverJob: task.job)
        } catch {
            await intake.discard()
            throw error
        }
    }

    /// The model's name, by the tag or the file's stem.
    private static func modelName(file: String, tag: String?) throws -> String {
        guard FileNames.safe(file) == file else {
            throw SlipwayError(
                .invalid, "“\(file.prefix(100))” cannot be the model's file.",
                faults: [
                    FieldFault(
                        path: "model_name", value: file,
                        message: "must be the name of the file that the script leaves, such as model.onnx")
                ])
        }
        let name = tag ?? file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
        guard FileNames.isModelName(name) else {
            throw SlipwayError(
                .invalid, "“\(name.prefix(100))” cannot be a model's name.",
                faults: [
                    FieldFault(
                        path: tag == nil ? "model_name" : "tag", value: name,
                        message:
                            "must be 1 to 128 letters (a–z), digits, “.”, “_” or “-”, and begin with a letter or digit")
                ])
        }
        return name
    }
}
