import CAssets
import Crypto
import Foundation
package import SlipwayCore

extension WorkflowService {
    /// Seconds that an answer waits for Slurm's job id.
    private static let jobPatience = 10.0
    private static let entrypoint = "slipway_workflow.py"

    /// What the entrypoint reads as the task's `model_params`; names of files are relative to `--input_path`.
    private struct Parameters: Encodable {
        var name: String
        var files: String
        var labels: String
        var model: String
        var params: String
        var preproc: String?
        /// Folder of the specs of earlier passes over the files, and for those of this one.
        var specs: String
        var datasets: String
    }

    /// Submits a process; its task is durable when this returns, and has the folder's next number. A submission that is
    /// refused takes none.
    ///
    /// - Throws: `SlipwayError`: `forbidden` for a viewer, `notFound`, `gone`, `invalid` with every field at fault,
    ///   `conflict` where the model of the process's name is somebody else's.
    package func submit(
        _ request: WorkflowRequest, for user: User, idempotencyKey: String? = nil
    ) async throws -> WorkflowSubmission {
        try Self.mayChange(user)
        let digest = Self.digest(of: request)
        let task =
            if let earlier = try await repeated(idempotencyKey, digest: digest, by: user) {
                earlier
            } else {
                // Within one server submissions from a folder come one after the other; between servers the store decides.
                // Nobody holds up somebody else's folder by asking for it.
                try await locks.withLock("\(user.id.number)/\(request.folder)") {
                    try await stored(request, digest: digest, for: user, idempotencyKey: idempotencyKey)
                }
            }
        guard let process = try await store.process(of: task.id) else {
            throw SlipwayError(.conflict, "This Idempotency-Key was used for a task that is no process of a folder.")
        }
        let submitted = try await tasks.waitForJob(task.id, seconds: Self.jobPatience) ?? task
        return WorkflowSubmission(process: process, task: submitted, jobID: submitted.attempt?.jobID)
    }

    private func repeated(_ key: String?, digest: [UInt8], by user: User) async throws -> MLTask? {
        guard let key, let earlier = try await tasks.store.task(idempotencyKey: key, owner: user.id) else { return nil }
        return try TaskSubmission.repeated(earlier.task, digest: earlier.digest, of: digest).task
    }

    /// Takes the number that is the next one, as often as another server takes it first.
    private func stored(
        _ request: WorkflowRequest, digest: [UInt8], for user: User, idempotencyKey: String?
    ) async throws -> MLTask {
        var last: NewProcess?
        while true {
            try Task.checkCancellation()
            let next = try await nextProcess(of: request.folder, for: user)
            // Nobody took the number, so it was not that which hindered.
            guard next != last else { throw tasks.submission.tooLate() }
            last = next
            do {
                return try await send(
                    request, as: SubmittedProcess(process: next, digest: digest), for: user,
                    idempotencyKey: idempotencyKey
                ).task
            } catch is ProcessNumberTaken {
                continue
            }
        }
    }

    private func nextProcess(of name: String, for user: User) async throws -> NewProcess {
        let (folder, version) = try await present(name, for: user)
        guard folder.ownerID == user.id else { throw Self.foreign(name) }
        let process = ProcessName(folder: name, number: folder.processCount + 1)
        if let owner = try await models.owner(of: process.description), owner != user.id {
            throw SlipwayError(
                .conflict,
                """
                The next process of this folder would be “\(process)”, but a model of that name belongs to somebody \
                else; upload the folder under another name.
                """,
                faults: [
                    FieldFault(path: "name", value: name, message: "leads to a model's name that is somebody else's")
                ])
        }
        return NewProcess(name: process, version: version.version)
    }

    private func send(
        _ request: WorkflowRequest, as process: SubmittedProcess, for user: User, idempotencyKey: String?
    ) async throws -> Submission {
        let name = process.process.name
        let upload = configuration.folders.upload(FolderVersion(folder: name.folder, version: process.process.version))
        guard let cluster = configuration.workflow.chosenCluster(of: configuration.clusters) else {
            throw SlipwayError(.unavailable, "No cluster is configured for such jobs.")
        }
        let wishes = try JobWishes(request, place: configuration.workflow, cluster: cluster).checked()
        let files = FolderFiles(folder: name.folder, path: upload.files)
        let isRemote = try await BlockingIO.run { try files.check(request).isRemote }
        let task = try ServerTask(
            .workflow(.init(process.process, isRemote: isRemote)), experiment: name.description,
            model: name.description,
            parameters: Parameters(
                name: name.description, files: request.files, labels: request.labels, model: request.model,
                params: request.params, preproc: request.preproc, specs: upload.specs,
                datasets: cluster.datasetsFolder),
            scripts: [(Self.entrypoint, Asset.text(slipway_workflow_entry()))], place: configuration.workflow,
            wishes: wishes, clusters: configuration.clusters)
        let intake = try await tasks.beginIntake(for: user)
        do {
            try await task.write(to: intake)
        } catch {
            await intake.discard()
            throw error
        }
        return try await tasks.submit(
            intake, idempotencyKey: idempotencyKey, serverJob: task.job, process: process)
    }

    /// SHA-256 over all that was asked for, each text with its length.
    private static func digest(of request: WorkflowRequest) -> [UInt8] {
        let texts = [
            request.folder, request.device.rawValue, request.memoryMegabytes.map { "\($0)" },
            request.cpus.map { "\($0)" }, request.files, request.labels, request.model, request.params, request.preproc,
        ]
        var hash = SHA256()
        for text in texts { hash.update(data: Data((text.map { "\($0.utf8.count):\($0)" } ?? "-").utf8)) }
        return Array(hash.finalize())
    }
}
