import CAssets
import Foundation
package import SlipwayCore

/// Scores files by a version of a model, in a job of the cluster.
package struct BulkService: Sendable {
    let configuration: Configuration
    let tasks: TaskService
    let models: ModelService

    /// Bytes of input from which on several cores are asked for where the request says nothing.
    private static let largeInput: Int64 = 256 << 20
    private static let coresForLargeInput = 4

    /// What the scorer reads as the task's `model_params`.
    private struct Parameters: Encodable {
        var model: String
        var version: Int
        var sha256: String
        var outputFormat: String
        var chunkRows: Int
        var tree: String?
        var columns: [String]?

        enum CodingKeys: String, CodingKey {
            case model, version, sha256, tree, columns
            case outputFormat = "output_format"
            case chunkRows = "chunk_rows"
        }
    }

    /// - Throws: `SlipwayError` for a model that is not there, and of code `forbidden` for a viewer.
    package func begin(model name: String, for user: User) async throws -> TaskIntake {
        _ = try await models.versions(of: name)
        return try await tasks.beginIntake(for: user)
    }

    /// Stores the task; it is durable when this returns, and needs the version's place in the repository no more. On an
    /// error nothing is left of the upload.
    package func submit(
        _ intake: TaskIntake, model name: String, request: BulkRequest, idempotencyKey: String?
    ) async throws -> Submission {
        do {
            let version = try await models.version(request.version, of: name)
            let (input, bytes) = try await input(request, in: intake)
            var wishes = ServerTask.Wishes(
                partition: request.partition, account: request.account, time: request.time, memory: request.memory,
                cpus: request.cpus)
            if wishes.cpus == nil, configuration.bulk.cpus == nil, bytes >= Self.largeInput {
                wishes.cpus = coresForLargeInput(request)
            }
            let task = try ServerTask(
                .prediction(.init(version: version.version, sha256: version.sha256, input: input)),
                experiment: "batch_\(name)", model: name,
                parameters: Parameters(
                    model: name, version: version.version, sha256: version.sha256,
                    outputFormat: request.outputFormat.rawValue, chunkRows: request.chunkRows, tree: request.tree,
                    columns: request.columns),
                scripts: Self.scorer(), place: configuration.bulk, wishes: wishes, clusters: configuration.clusters)
            try await task.write(to: intake)
            let archive = try await models.archive(version).path
            let repository = models.repository
            try await BlockingIO.run(on: .bulk) {
                try HeldModel.hold(archive, of: repository, in: intake.folder)
            }
            return try await tasks.submit(intake, idempotencyKey: idempotencyKey, serverJob: task.job)
        } catch {
            await intake.discard()
            throw error
        }
    }

    private func coresForLargeInput(_ request: BulkRequest) -> Int? {
        guard let cluster = configuration.bulk.chosenCluster(of: configuration.clusters) else { return nil }
        let partition =
            request.partition.flatMap { cluster.partitions[$0] } ?? configuration.bulk.chosenPartition(of: cluster)
        return min(Self.coresForLargeInput, partition?.maximumCPUs ?? Self.coresForLargeInput)
    }

    /// The file that came, or the one that is named; and how many bytes it has.
    private func input(_ request: BulkRequest, in intake: TaskIntake) async throws -> (ServerJob.Input, Int64) {
        let files = await intake.files
        switch (request.dataset, files.first) {
        case (nil, let file?) where files.count == 1:
            guard InputFormat.isKnown(file.name) else {
                throw Self.fault("file", file.name, InputFormat.meaning)
            }
            return (.uploaded(file.name), file.bytes)
        case (let path?, nil):
            guard let cluster = configuration.bulk.chosenCluster(of: configuration.clusters) else {
                throw SlipwayError(.unavailable, "No cluster is configured for such jobs.")
            }
            let bytes = try await BlockingIO.run { try NamedDataset.bytes(path, below: cluster.datasetsFolder) }
            return (.dataset(path), bytes)
        case (_?, _?):
            throw Self.fault("dataset", request.dataset, "cannot be given beside a file; send one of the two")
        case (nil, nil):
            throw Self.fault("file", nil, "is missing: send a file under this name, or name a dataset as “dataset”")
        case (nil, _?):
            throw Self.fault("file", nil, "came \(files.count) times; send one file")
        }
    }

    private static func scorer() -> [(name: String, text: String)] {
        var count = 0
        let files = slipway_scorer_files(&count)
        return UnsafeBufferPointer(start: files, count: count).map { (Asset.name($0), Asset.text($0)) }
    }

    static func fault(_ field: String, _ value: String?, _ message: String) -> SlipwayError {
        SlipwayError(
            .invalid, "The request for a bulk prediction has a fault.",
            faults: [FieldFault(path: field, value: value, message: message)])
    }
}
