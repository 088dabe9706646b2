import Crypto
import Foundation
package import SlipwayCore

/// What became of a request for a task.
package struct Submission: Sendable {
    package var task: MLTask
    /// False when the same request, by its idempotency key, made the task earlier.
    package var isNew: Bool
}

/// What a request would do.
package struct TaskPreview: Sendable {
    /// The batch script, exact but for the task's id, which is only given to a stored task.
    package var script: String
    package var checks: [String]
    package var specification: TaskSpecification
}

/// Turns an upload into a stored task.
struct TaskSubmission: Sendable {
    let configuration: Configuration
    let store: any TaskStore
    let models: any ModelStore
    let ids: TaskIDGenerator
    let scripts: BatchScripts
    let grid: GridService
    let faults: Faults

    /// An upload that was read and found right.
    private struct Checked {
        var specification: TaskSpecification
        var config: String
        var configName: String
        var digest: [UInt8]
    }

    /// Stores the task: its folder is complete and on disk before its row exists, the row before this returns.
    ///
    /// - Parameters:
    ///   - serverJob: What a job is for whose config and script the server wrote.
    ///   - process: What the task becomes of a folder.
    /// - Throws: `ProcessNumberTaken` where the task cannot become that process any more; nothing is stored then.
    func submit(
        _ intake: TaskIntake, idempotencyKey: String?, serverJob: ServerJob? = nil, process: SubmittedProcess? = nil
    ) async throws -> Submission {
        let checked = try await check(intake, serverJob: serverJob, digest: process?.digest)
        if let idempotencyKey,
            let earlier = try await store.task(idempotencyKey: idempotencyKey, owner: intake.owner.id)
        {
            await intake.discard()
            return try Self.repeated(earlier.task, digest: earlier.digest, of: checked.digest)
        }
        faults.pass(.uploadReceived)
        var id = ids.next()
        var source = intake.folder
        while true {
            let folder = configuration.folders.task(id)
            let from = source
            try await BlockingIO.run {
                if from == intake.folder {
                    try DurableFiles.rename("\(from)/files/\(checked.configName)", to: "\(from)/config.json")
                    try DurableFiles.sync(folder: "\(from)/files")
                    try DurableFiles.sync(folder: from)
                    faults.pass(.uploadArranged)
                }
                try DurableFiles.rename(from, to: folder.path)
                try DurableFiles.sync(folder: configuration.folders.tasks)
            }
            faults.pass(.folderPlaced)
            let outcome = try await insert(
                checked, id: id, owner: intake.owner, key: idempotencyKey, process: process?.process, folder: folder)
            switch outcome {
            case .inserted(let task):
                faults.pass(.taskStored)
                return Submission(task: task, isNew: true)
            case .keyTaken(let task, let digest):
                try await BlockingIO.run { DurableFiles.remove(folder.path) }
                return try Self.repeated(task, digest: digest, of: checked.digest)
            case .processTaken:
                try await BlockingIO.run { DurableFiles.remove(folder.path) }
                throw ProcessNumberTaken()
            case .idTaken:
                source = folder.path
                id = ids.next()
            case .tooLate:
                try await BlockingIO.run { DurableFiles.remove(folder.path) }
                throw tooLate()
            }
        }
    }

    /// Everything that `submit` checks, and the script; nothing is kept.
    func preview(_ intake: TaskIntake) async throws -> TaskPreview {
        let checked = try await check(intake)
        let specification = checked.specification
        let script = try scripts.render(specification, id: Attempt.ID(task: ids.next(), number: 1))
        let unknown = TaskConfigReader.unknownKeys(checked.config, cluster: specification.cluster)
        await intake.discard()
        return TaskPreview(
            script: script,
            checks: (unknown.isEmpty
                ? []
                : ["These keys mean nothing here and are only kept with the task: \(unknown.joined(separator: ", "))."])
                + [
                    "The config file is valid.",
                    "Cluster “\(specification.cluster)” has the partition “\(specification.partition)”.",
                    "The image “\(specification.image)” exists.",
                    "The dataset “\(specification.dataset)” exists.",
                    "The entrypoint “\(specification.entrypoint)” came with the request.",
                    specification.account.map { "The account “\($0)” may be used." } ?? "Slurm chooses the account.",
                    "The model will be called “\(specification.modelName)”.",
                ],
            specification: specification)
    }

    /// - Parameter digest: Of what the user sent; nil is the files' own.
    private func check(
        _ intake: TaskIntake, serverJob: ServerJob? = nil, digest: [UInt8]? = nil
    ) async throws -> Checked {
        let files = await intake.files
        if let stray = await intake.strayFields.first {
            throw SlipwayError(
                .invalid, "The request has a form field that is not known.",
                faults: [
                    FieldFault(
                        path: stray,
                        message: "is not a file; send files, as in: curl -F files=@config.json -F files=@train.py")
                ])
        }
        let config = try Self.config(among: files)
        let path = "\(intake.filesFolder)/\(config.name)"
        guard config.bytes <= Int64(configuration.limits.maximumConfigBytes) else {
            throw SlipwayError(
                .tooLarge,
                "The config file has \(config.bytes) bytes; at most \(configuration.limits.maximumConfigBytes) are allowed."
            )
        }
        let data = try await BlockingIO.run { FileManager.default.contents(atPath: path) ?? Data() }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw SlipwayError(.invalid, "The config file “\(config.name)” is not UTF-8 text.")
        }
        let reader = TaskConfigReader(
            clusters: configuration.clusters, images: \.images,
            datasets: { cluster in
                switch serverJob?.input {
                case .uploaded(let name), .dataset(let name), .folder(let name, _): GivenInput(name: name)
                case nil: cluster.datasets
                }
            },
            refusedAccounts: intake.owner.refusedAccounts,
            scripts: files.map(\.name).filter { $0.hasSuffix(".py") }, webhooks: configuration.webhooks)
        var specification = try await BlockingIO.run { try reader.read(text) }
        specification.serverJob = serverJob
        try await grid.check(specification)
        if specification.publishes, intake.owner.role != .admin,
            let holder = try await models.holder(of: specification.modelName),
            holder != intake.owner.id
        {
            throw SlipwayError(
                .invalid, "The config file has one fault.",
                faults: [
                    FieldFault(
                        path: "$.model_name", value: specification.modelName,
                        message: "belongs to somebody else, as a model's name or a process's; choose another model_name"
                    )
                ])
        }
        // Rendering finds what cannot be put into a script before anything is stored.
        _ = try scripts.render(specification, id: Attempt.ID(task: ids.next(), number: 1))
        return Checked(
            specification: specification, config: text, configName: config.name, digest: digest ?? Self.digest(files))
    }

    /// The config is the part named `config`, else the one file that ends in `.json`, else the one named `config.json`.
    private static func config(among files: [TaskIntake.File]) throws -> TaskIntake.File {
        let named = files.filter { $0.part == "config" }
        let json = files.filter { $0.name.lowercased().hasSuffix(".json") }
        if named.count == 1 { return named[0] }
        if json.count == 1 { return json[0] }
        let conventional = json.filter { $0.name == "config.json" }
        if conventional.count == 1 { return conventional[0] }
        let names = json.map(\.name).joined(separator: ", ")
        throw SlipwayError(
            .invalid,
            json.isEmpty
                ? "The request has no config file."
                : "The request has \(json.count) files that may be the config: \(names).",
            faults: [
                FieldFault(
                    path: "files", value: json.isEmpty ? nil : names,
                    message: json.isEmpty
                        ? "send one file whose name ends in .json, and one that ends in .py: curl -F files=@config.json -F files=@train.py"
                        : "name the config config.json, or send it under the part name config")
            ])
    }

    private func insert(
        _ checked: Checked, id: TaskID, owner: User, key: String?, process: NewProcess?, folder: TaskFolder
    ) async throws -> InsertOutcome {
        do {
            return try await store.insert(
                NewTask(
                    id: id, ownerID: owner.id, specification: checked.specification, config: checked.config,
                    idempotencyKey: key, contentDigest: checked.digest, seconds: configuration.storingSeconds,
                    process: process))
        } catch let error as SlipwayError where error.code == .unavailable {
            // The statement may have been carried out although its answer was lost: then the task is stored. Where no
            // row shows, one may still come; the folder is left to the janitor.
            if let stored = try? await store.task(id, for: .everything) { return .inserted(stored) }
            throw error
        } catch {
            try? await BlockingIO.run { DurableFiles.remove(folder.path) }
            throw error
        }
    }

    func tooLate() -> SlipwayError {
        SlipwayError(
            .unavailable,
            """
            The task was not stored within \(Int(configuration.storingSeconds)) s and is not stored at all; \
            send it again. (Operators: do the server's clock and the database's differ?)
            """)
    }

    static func repeated(_ task: MLTask, digest: [UInt8], of content: [UInt8]) throws -> Submission {
        guard digest == content else {
            throw SlipwayError(
                .conflict, "This Idempotency-Key was used for task \(task.id) with other content.",
                faults: [
                    FieldFault(
                        path: "Idempotency-Key", message: "use a new key for a new task, or send the same files again")
                ])
        }
        return Submission(task: task, isNew: false)
    }

    /// SHA-256 over names, sizes and checksums of the files, in the order of their names.
    private static func digest(_ files: [TaskIntake.File]) -> [UInt8] {
        var hash = SHA256()
        for file in files.sorted(by: { $0.name < $1.name }) {
            hash.update(data: Data("\(file.name)\u{0}\(file.bytes)\u{0}".utf8))
            hash.update(data: file.sha256)
        }
        return Array(hash.finalize())
    }
}
