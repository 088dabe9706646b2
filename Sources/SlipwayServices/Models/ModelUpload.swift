import Archives
import Foundation
import Inference
package import NIOCore
package import SlipwayCore

extension ModelService {
    /// Begins the upload of a version: a `.tar.gz`, or one bare file whose name `filename` gives, such as `model.onnx`.
    ///
    /// - Throws: `SlipwayError` for a name that cannot be a model's, and for a model of somebody else.
    package func beginUpload(name: String, filename: String? = nil, as user: User) async throws -> ModelUpload {
        try Self.mayChange(user)
        guard FileNames.isModelName(name) else {
            throw SlipwayError(
                .invalid, "This cannot be a model's name.",
                faults: [
                    FieldFault(
                        path: "name", value: name,
                        message:
                            "must be 1 to 128 letters (a–z), digits, “.”, “_” or “-”, and begin with a letter or digit")
                ])
        }
        if let owner = try await store.owner(of: name), owner != user.id, user.role != .admin {
            throw Self.foreign(name)
        }
        let repository = repository
        let staged = try await BlockingIO.run { try repository.makeStagingFolder() }
        return ModelUpload(service: self, name: name, filename: filename, owner: user, staged: staged)
    }
}

/// An archive on its way into the repository; goes to disk as it arrives.
package actor ModelUpload {
    private let service: ModelService
    private let name: String
    private let filename: String?
    private let owner: User
    private let staged: VersionFolder
    private let writer: PartWriter
    private let incoming: String

    private static let batch = 1 << 20

    init(service: ModelService, name: String, filename: String?, owner: User, staged: VersionFolder) {
        self.service = service
        self.name = name
        self.filename = filename
        self.owner = owner
        self.staged = staged
        self.incoming = staged.path + "/upload"
        self.writer = PartWriter(path: incoming, of: staged.path)
    }

    package func write(_ bytes: ByteBuffer) async throws {
        if writer.hold(bytes) >= Self.batch { try await BlockingIO.run { [writer] in try writer.flush() } }
    }

    /// Checks the archive and publishes it as the model's next version. On an error nothing is left.
    ///
    /// - Throws: `SlipwayError` of code `invalid` for an archive that is none, or whose members are refused.
    package func finish() async throws -> ModelVersion {
        do {
            return try await publish()
        } catch {
            await discard()
            throw error
        }
    }

    /// Leaves nothing behind, also in a task that was cancelled.
    package func discard() async {
        writer.close()
        let path = staged.path
        // What stays is cleared away later.
        await withTaskCancellationShield { try? await BlockingIO.run { DurableFiles.remove(path) } }
    }

    private func publish() async throws -> ModelVersion {
        let (repository, staged, writer, incoming, filename) = (
            service.repository, staged, writer, incoming, filename
        )
        let (copied, format) = try await BlockingIO.run(on: .bulk) {
            let (bytes, sha256) = try writer.finish()
            var copied = ModelRepository.Copied(sha256: sha256.hex, bytes: bytes)
            if try Self.isGzip(incoming) {
                try DurableFiles.rename(incoming, to: staged.archive)
                return (copied, try repository.unpack(staged))
            }
            guard let file = filename.flatMap({ FileNames.safe($0) }) else {
                throw SlipwayError(
                    .invalid, "The body is not a gzip-compressed tar archive.",
                    faults: [FieldFault(path: "filename", message: "for a bare file such as model.onnx, give its name")]
                )
            }
            try DurableFiles.createFolder(staged.files)
            try DurableFiles.rename(incoming, to: "\(staged.files)/\(file)")
            do throws(ArchiveError) {
                copied.bytes = try ArchiveWriter.write(folder: staged.files, to: staged.archive).archiveBytes
            } catch {
                throw SlipwayError(.internal, "The model cannot be packed: \(error.message)")
            }
            let packed = try repository.copy(staged.archive, to: staged.path + "/checked")
            DurableFiles.remove(staged.path + "/checked")
            copied.sha256 = packed.sha256
            return (copied, ModelFormat(files: [file]).rawValue)
        }
        let key = ModelKey(name: name, version: "staged-\(copied.sha256)")
        // An engine that is there judges the model before anybody can be served by it; one that is missing judges later.
        var signature: ModelSignature?
        let isSmall = try await BlockingIO.run { repository.isSmallEnoughToInspect(staged) }
        if format == ModelFormat.onnx.rawValue, isSmall {
            defer { service.host.unload(key) }
            do {
                signature = try await service.host.signature(
                    key, source: ModelSource(path: staged.files, sha256: copied.sha256))
            } catch let error as InferenceError where error.code == .loadFailed {
                throw SlipwayError(
                    .invalid, "The model cannot be loaded: \(error.message.replacing(staged.files + "/", with: ""))")
            } catch let error as InferenceError where error.code == .runtimeMissing {
                signature = nil
            }
        }
        let (name, facts) = (
            name,
            PublishedFacts(format: format, sha256: copied.sha256, bytes: copied.bytes, signature: signature)
        )
        let version = try await service.store.reserve(VersionReservation(name: name, task: nil, ownerID: owner.id))
        do {
            _ = try await service.store.publish(name: name, version: version, facts: facts, finishing: nil) {
                try await BlockingIO.run { try repository.place(staged, name: name, version: version) }
            }
        } catch {
            try? await service.store.abandon(name: name, version: version)
            throw error
        }
        service.catalog.changed(name)
        return try await service.version("\(version)", of: name)
    }

    private static func isGzip(_ path: String) throws -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw DurableFiles.failure("open", path) }
        defer { try? handle.close() }
        return try handle.read(upToCount: 2) == Data([0x1F, 0x8B])
    }
}
