import Foundation
import NIOCore
import SlipwayCore

/// A task of a user whose config the server writes; it goes through the same door as a task that came with its own.
struct ServerTask: Sendable {
    var job: ServerJob
    /// The config file's text.
    var config: String
    /// The job's own Python files, by name; the config names one of them as its entrypoint.
    var scripts: [(name: String, text: String)]

    /// What is asked for one task beside what the operator has set for its kind; nil leaves that.
    struct Wishes: Sendable, Hashable {
        var partition: String?
        var account: String?
        var time: String?
        var memory: String?
        var cpus: Int?
    }

    /// - Parameters:
    ///   - experiment: Becomes the job's name.
    ///   - parameters: A JSON object for the scripts.
    init(
        _ job: ServerJob, experiment: String, model: String, parameters: some Encodable,
        scripts: [(name: String, text: String)], place: ServerJobConfiguration, wishes: Wishes = Wishes(),
        clusters: [String: ClusterConfiguration]
    ) throws {
        guard let cluster = place.chosenCluster(of: clusters), let partition = place.chosenPartition(of: cluster),
            let entrypoint = scripts.first?.name
        else { throw SlipwayError(.unavailable, "No cluster is configured for such jobs.") }
        let dataset =
            switch job.input {
            case .uploaded(let name): name
            case .dataset(let path): path
            case .folder(let name, _): name
            }
        let document = Document(
            datasetName: dataset, modelParams: parameters, runnerLocation: cluster.name, experimentName: experiment,
            modelName: model, scriptPath: entrypoint,
            clusters: [
                cluster.name: .init(
                    infraConfig: .init(
                        instanceType: wishes.partition ?? partition.name, imageName: place.image,
                        account: wishes.account ?? place.account, time: wishes.time ?? place.time,
                        memory: wishes.memory ?? place.memory, cpus: wishes.cpus ?? place.cpus))
            ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        self.job = job
        self.config = String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
        self.scripts = scripts
    }

    /// Writes the config and the scripts beside what the user sent.
    ///
    /// - Throws: `SlipwayError` of code `invalid` where the user sent a file of the same name.
    func write(to intake: TaskIntake) async throws {
        for (part, name, text) in [("config", "config.json", config)] + scripts.map({ ("files", $0.name, $0.text) }) {
            try await intake.begin(partNamed: part, filename: name, contentType: nil)
            try await intake.write(.init(string: text))
            try await intake.endPart()
        }
    }

    /// The config as `TaskConfigReader` reads it.
    private struct Document<Parameters: Encodable>: Encodable {
        var datasetName: String
        var modelParams: Parameters
        var runnerLocation: String
        var experimentName: String
        var modelName: String
        var scriptPath: String
        var clusters: [String: Cluster]

        struct Cluster: Encodable {
            var infraConfig: Infrastructure

            enum CodingKeys: String, CodingKey {
                case infraConfig = "infra_config"
            }
        }

        struct Infrastructure: Encodable {
            var instanceType: String
            var imageName: String
            var account: String?
            var time: String?
            var memory: String?
            var cpus: Int?

            enum CodingKeys: String, CodingKey {
                case instanceType = "instance_type"
                case imageName = "image_name"
                case account, time, memory, cpus
            }
        }

        enum CodingKeys: String, CodingKey {
            case datasetName = "dataset_name"
            case modelParams = "model_params"
            case runnerLocation = "runner_location"
            case experimentName = "experiment_name"
            case modelName = "model_name"
            case scriptPath = "script_path"
            case clusters
        }
    }
}

/// The input of a server's own job, which was found before its config was written.
struct GivenInput: FileCatalog {
    let name: String

    var suffix: String { "" }
    func contains(_ name: String) -> Bool { name == self.name }
    func names() -> [String] { [name] }
}
