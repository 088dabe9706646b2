import Foundation
import Inference
import Logging
import ServiceLifecycle
import SlipwayCore
import Slurm

/// Publishes what jobs left: verifies the archive, puts it into the repository, registers it, and ends the task.
///
/// Each step can be repeated: a collector that starts over after a crash finds the version number that it took, and
/// puts the files in place again.
struct Collector: Service {
    let folders: DataFolders
    let store: any TaskStore
    let models: any ModelStore
    let catalog: ModelCatalog
    let repository: ModelRepository
    let host: ModelHost
    /// Folders of the images, by cluster.
    let imageFolders: [String: String]
    let imageDigests: ImageDigests
    let server: ServerID
    let bell: HintBell
    let faults: Faults
    let logger: Logger

    private static let ground = 2.0
    private static let batch = 4
    /// Seconds before what could not be collected is tried again.
    private static let pause = 2.0
    /// Seconds after the job's end in which the shared file system may not show its files yet.
    private static let patience = 60.0
    /// Seconds after the job's end at which collecting is given up.
    private static let surrender = 86_400.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            // What could not be collected yet must not keep others waiting.
            var later: [TaskID: ContinuousClock.Instant] = [:]
            while !Task.isCancelled {
                var isMore = false
                later = later.filter { ContinuousClock.now < $0.value }
                do {
                    let tasks = try await store.claimCollecting(
                        limit: Self.batch, server: server, except: Array(later.keys))
                    isMore = tasks.count == Self.batch
                    if !tasks.isEmpty { faults.pass(.outputClaimed) }
                    let again = await withTaskCancellationShield {
                        await withTaskGroup(of: TaskID?.self) { group in
                            for task in tasks { group.addTask { await collect(task) ? nil : task.id } }
                            return await group.reduce(into: [TaskID]()) { ids, id in if let id { ids.append(id) } }
                        }
                    }
                    for id in again { later[id] = ContinuousClock.now + .seconds(Self.pause) }
                } catch {
                    logger.warning("collecting failed", metadata: ["error": "\(error)"])
                }
                if isMore { continue }
                guard await bell.wait(seconds: Self.ground) else { return }
            }
        }
    }

    /// - Returns: False where it has to be tried again.
    private func collect(_ task: MLTask) async -> Bool {
        guard let attempt = task.attempt else { return true }
        do {
            try await publish(task, attempt)
        } catch let error as SlipwayError where error.code == .invalid || error.code == .forbidden {
            await end(attempt, .failed, reason: .output, message: error.description)
        } catch  where Date().timeIntervalSince(attempt.finishedAt ?? Date()) > Self.surrender {
            await end(
                attempt, .failed, reason: .output, message: "The output could not be collected for a day: \(error)")
        } catch {
            // The claim stays, and is taken up again after a pause.
            logger.warning("a model was not collected yet", metadata: ["task": "\(task.id)", "error": "\(error)"])
            return false
        }
        return true
    }

    private func publish(_ task: MLTask, _ attempt: Attempt) async throws {
        if task.cancelRequestedAt != nil {
            await end(attempt, .cancelled, message: "Cancelled on request; what the job made was not published.")
            return
        }
        let reader = ExitFileReader(folders: folders)
        // The shared file system may show what the job left some seconds late, or what an earlier run of it left.
        let isLate = Date().timeIntervalSince(attempt.finishedAt ?? .distantPast) > Self.patience
        guard let exitFile = try await BlockingIO.run({ reader.exitFile(of: attempt.id) }),
            Int64(exitFile.jobID) == attempt.jobID, exitFile.exitCode == 0
        else { throw SlipwayError(isLate ? .invalid : .unavailable, "The job ended well but left no exit file.") }
        guard let model = exitFile.model else {
            if exitFile.reason == ExitFile.Reason.output.rawValue {
                throw SlipwayError(
                    .invalid, "What the script left in its output folder could not be packed; see the log.")
            }
            await end(attempt, .succeeded, message: "The script left no model in its output folder.")
            return
        }
        guard task.specification.publishes else {
            return try await keepResult(of: task, attempt, isLate: isLate)
        }
        let archive = folders.task(task.id).attempt(attempt.id.number).archive
        let repository = repository
        let staged = try await BlockingIO.run { try repository.makeStagingFolder() }
        do {
            let (copied, format) = try await BlockingIO.run(on: .bulk) {
                guard StoredFile.at(archive) != nil else {
                    throw SlipwayError(isLate ? .invalid : .unavailable, "The job's archive model.tar.gz is missing.")
                }
                let copied = try repository.copy(archive, to: staged.archive)
                guard copied.sha256 == model.sha256 else {
                    throw SlipwayError(
                        isLate ? .invalid : .unavailable,
                        "The archive's SHA-256 is \(copied.sha256), but the job wrote \(model.sha256) on its node.")
                }
                faults.pass(.archiveCopied)
                return (copied, try repository.unpack(staged))
            }
            faults.pass(.archiveUnpacked)
            let name = task.specification.modelName
            let version = try await models.reserve(
                VersionReservation(name: name, task: task.id, ownerID: task.ownerID))
            faults.pass(.versionReserved)
            let signature = try await StagedModelCheck(host: host, repository: repository)
                .signature(of: staged, sha256: copied.sha256)
            let facts = PublishedFacts(
                format: format, sha256: copied.sha256, bytes: copied.bytes, signature: signature,
                lineage: try await lineage(of: task, attempt))
            let finish = transition(attempt, .succeeded, message: "Published as \(name) version \(version).")
            let isPublished = try await models.publish(
                name: name, version: version, facts: facts, base: nil, finishing: finish
            ) {
                faults.pass(.publicationBegun)
                try await BlockingIO.run { try repository.place(staged, name: name, version: version) }
                faults.pass(.filesPlaced)
            }
            catalog.changed(name)
            faults.pass(.versionPublished)
            if !isPublished {
                // The task was cancelled meanwhile, or another server was faster: what it placed is not ours to touch.
                try await BlockingIO.run { DurableFiles.remove(staged.path) }
            }
        } catch {
            try? await BlockingIO.run { DurableFiles.remove(staged.path) }
            throw error
        }
    }

    private func lineage(of task: MLTask, _ attempt: Attempt) async throws -> Lineage {
        let image = task.specification.image
        let file = imageFolders[task.specification.cluster].map { "\($0)/\(image).sif" }
        // The digest is of the file that the job ran, or of none.
        let digest = try await BlockingIO.run(on: .bulk) { [imageDigests] in
            file.flatMap { imageDigests.digest(of: $0, usedAt: attempt.startedAt ?? .distantPast) }
        }
        return Lineage(
            attempt: attempt.id.number, jobID: attempt.jobID, cluster: task.specification.cluster,
            entrypoint: task.specification.entrypoint, image: image, imageSHA256: digest)
    }

    func end(_ attempt: Attempt, _ state: TaskState, reason: FailureReason? = nil, message: String) async {
        do {
            try await store.apply(transition(attempt, state, reason: reason, message: message))
        } catch {
            logger.warning(
                "a task's end was not stored yet", metadata: ["attempt": "\(attempt.id)", "error": "\(error)"])
        }
    }

    private func transition(
        _ attempt: Attempt, _ state: TaskState, reason: FailureReason? = nil, message: String
    ) -> AttemptTransition {
        AttemptTransition(
            id: attempt.id, from: .collecting, to: state, witness: .slipway, reason: reason, message: message,
            factAt: Date())
    }
}
