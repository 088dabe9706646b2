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
        try await checkUpload(of: name, as: user)
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
        let (archive, format) = try await BlockingIO.run(on: .bulk) {
            let (bytes, sha256) = try writer.finish()
            if try Self.isGzip(incoming) {
                try DurableFiles.rename(incoming, to: staged.archive)
                let format = try repository.unpack(staged, limits: .upload)
                return (ModelRepository.Copied(sha256: sha256.hex, bytes: bytes), format)
            }
            guard let file = filename.flatMap({ FileNames.safe($0) }) else {
                throw SlipwayError(
                    .invalid, "The body is not a gzip-compressed tar archive.",
                    faults: [FieldFault(path: "filename", message: "for a bare file such as model.onnx, give its name")]
                )
            }
            try DurableFiles.createFolder(staged.files)
            try DurableFiles.rename(incoming, to: "\(staged.files)/\(file)")
            return (try repository.pack(staged), ModelFormat(files: [file]).rawValue)
        }
        return try await service.publish(
            StagedUpload(folder: staged, name: name, owner: owner, archive: archive, format: format))
    }

    private static func isGzip(_ path: String) throws -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw DurableFiles.failure("open", path) }
        defer { try? handle.close() }
        return try handle.read(upToCount: 2) == Data([0x1F, 0x8B])
    }
}
