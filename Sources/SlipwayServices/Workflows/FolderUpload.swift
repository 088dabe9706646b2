import Foundation
package import NIOCore
package import SlipwayCore

/// A folder on its way: a tar archive, gzip-compressed or plain, of one folder, whatever that is called, or of files
/// without a folder around them. Its bytes go to disk as they arrive; nothing of it can be used before `finish`.
package actor FolderUpload {
    private let name: String
    private let owner: User.ID
    private let staged: StagedFolder
    private let store: any FolderStore
    private let repository: FolderRepository
    private let limits: Configuration.Limits
    private let faults: Faults
    private var writer: PartWriter?
    private var bytes: Int64 = 0

    private static let batch = 1 << 20

    init(
        name: String, owner: User.ID, staged: StagedFolder, store: any FolderStore, repository: FolderRepository,
        limits: Configuration.Limits, faults: Faults
    ) {
        self.name = name
        self.owner = owner
        self.staged = staged
        self.store = store
        self.repository = repository
        self.limits = limits
        self.faults = faults
    }

    /// Begins the archive.
    ///
    /// - Parameter filename: As the client sent it, for messages; what the archive is, its bytes tell.
    /// - Throws: `SlipwayError` of code `invalid` where an archive has come before.
    package func begin(filename: String?) throws {
        guard writer == nil else {
            throw Self.invalid(filename, "comes after another file; pack everything into one archive")
        }
        writer = PartWriter(path: staged.archive, of: staged.path)
    }

    /// - Throws: `SlipwayError` of code `tooLarge` beyond the limit of a part.
    package func write(_ buffer: ByteBuffer) async throws {
        guard let writer else { return }
        bytes += Int64(buffer.readableBytes)
        guard bytes <= limits.maximumPartBytes else {
            throw SlipwayError(
                .tooLarge, "The archive has more than the \(limits.maximumPartBytes) bytes that are allowed.")
        }
        if writer.hold(buffer) >= Self.batch { try await BlockingIO.run { try writer.flush() } }
    }

    /// Checks the archive member by member and makes its content the folder's next version, which is durable when this
    /// returns. On an error nothing of the upload is left, and the folder is as it was.
    ///
    /// - Throws: `SlipwayError`: `invalid` for a missing archive, one that is none, or whose members are refused;
    ///   `forbidden` where the name became somebody else's meanwhile.
    package func finish() async throws -> TrainingFolder {
        do {
            let folder = try await publish()
            await discard()
            return folder
        } catch {
            await discard()
            throw error
        }
    }

    /// Leaves nothing behind, also in a task that was cancelled.
    package func discard() async {
        writer?.close()
        let path = staged.path
        // What stays is cleared away later.
        await withTaskCancellationShield { try? await BlockingIO.run(on: .bulk) { DurableFiles.remove(path) } }
    }

    private func publish() async throws -> TrainingFolder {
        guard let writer, bytes > 0 else {
            throw Self.invalid(nil, "is missing: send a .tar.gz of the folder, as in curl -F file=@folder.tar.gz")
        }
        let (archive, repository, staged, store) = (
            FolderArchive(staged: staged, limits: limits), repository, staged, store
        )
        let content = try await BlockingIO.run(on: .bulk) {
            _ = try writer.finish()
            return try archive.arrange()
        }
        guard let version = try await store.reserve(name, for: owner) else { throw WorkflowService.foreign(name) }
        do {
            let faults = faults
            return try await store.publish(version, files: content.files, bytes: content.bytes) {
                try await BlockingIO.run { try repository.place(staged, as: version) }
                faults.pass(.uploadPlaced)
            }
        } catch let error as SlipwayError where error.code == .unavailable {
            // It may have been carried out although its answer was lost: then the janitor must not find it abandoned.
            if let folder = try? await store.folder(name), folder.version == version.version { return folder }
            throw error
        } catch {
            await withTaskCancellationShield {
                // The row goes last: files without one would never be found again.
                guard (try? await BlockingIO.run { try repository.remove(version) }) != nil else { return }
                try? await store.abandon(version)
            }
            throw error
        }
    }

    private static func invalid(_ filename: String?, _ message: String) -> SlipwayError {
        SlipwayError(
            .invalid, "The upload was not taken.", faults: [FieldFault(path: "file", value: filename, message: message)]
        )
    }
}
