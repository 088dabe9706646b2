import Archives
package import Foundation
package import NIOCore
package import SlipwayCore

extension ModelService {
    /// Begins an upload of several files, or of an archive whose name and folders are known only when it is unpacked.
    package func beginBundle(as user: User) async throws -> ModelBundle {
        try Self.mayChange(user)
        let repository = repository
        let staged = try await BlockingIO.run { try repository.makeStagingFolder() }
        return ModelBundle(service: self, owner: user, staged: staged)
    }
}

/// The files of a version on their way into the repository, one after the other; they go to disk as they arrive, and
/// nothing of them can be served before `publish`.
package actor ModelBundle {
    /// What an archive that is taken apart is packed as.
    package enum Archive: Sendable {
        /// Compressed with gzip, or plain.
        case tar
        case zip
    }

    let service: ModelService
    private let owner: User
    let staged: VersionFolder
    private let archive: String
    private var writer: PartWriter?
    /// Lower-case, for names that differ in case alone are one on some file systems.
    private(set) var names: Set<String> = []

    private static let batch = 1 << 20

    init(service: ModelService, owner: User, staged: VersionFolder) {
        self.service = service
        self.owner = owner
        self.staged = staged
        self.archive = staged.path + "/upload"
    }

    /// Begins a file of the version.
    ///
    /// - Parameter name: As the client sent it; the last component counts.
    /// - Returns: The name that the file gets.
    /// - Throws: `SlipwayError` of code `invalid` for a name of which nothing is left, or that came before.
    @discardableResult
    package func beginFile(_ name: String, field: String) async throws -> String {
        guard let safe = FileNames.safe(name) else {
            throw Self.invalid(field, name, "must have a file name that is not hidden, such as model.onnx")
        }
        guard names.insert(safe.lowercased()).inserted else {
            throw Self.invalid(field, name, "has the name of another file of the same upload")
        }
        let files = staged.files
        try await BlockingIO.run { try DurableFiles.createFolder(files) }
        writer = PartWriter(path: "\(files)/\(safe)", of: staged.path)
        return safe
    }

    /// Begins an archive, for `unpack`.
    package func beginArchive() {
        writer = PartWriter(path: archive, of: staged.path)
    }

    package func write(_ bytes: ByteBuffer) async throws {
        guard let writer, writer.hold(bytes) >= Self.batch else { return }
        try await BlockingIO.run { try writer.flush() }
    }

    /// Has on disk what was begun last.
    package func end() async throws {
        guard let writer = writer.take() else { return }
        _ = try await BlockingIO.run(on: .bulk) { try writer.finish() }
    }

    /// Gives a file of the bundle another name.
    ///
    /// - Throws: `SlipwayError` of code `invalid` for a name of which nothing is left, or that another file has.
    package func rename(_ name: String, to other: String, field: String) async throws {
        names.remove(name.lowercased())
        guard let safe = FileNames.safe(other), names.insert(safe.lowercased()).inserted else {
            throw Self.invalid(field, other, "must be a file name, and no other file's of the same upload")
        }
        let files = staged.files
        try await BlockingIO.run { try DurableFiles.rename("\(files)/\(name)", to: "\(files)/\(safe)") }
    }

    /// What a file of the bundle holds, at most `limit` bytes of it.
    package func contents(of name: String, limit: Int) async throws -> Data {
        let path = "\(staged.files)/\(name)"
        return try await BlockingIO.run { StoredFile.at(path)?.content.contents(limit: limit) ?? Data() }
    }

    /// Checks the archive member by member, and makes its members the version's files: those of its one folder, where
    /// it has no other.
    ///
    /// - Returns: That folder's name; nil where the files lie at the archive's root.
    /// - Throws: `SlipwayError` of code `invalid` for an archive that is none, or whose members are refused.
    package func unpack(_ kind: Archive) async throws -> String? {
        let (archive, staged) = (archive, staged)
        return try await BlockingIO.run(on: .bulk) {
            let unpacked = staged.path + "/unpacked"
            let members: [ArchiveMember]
            do throws(ArchiveError) {
                members = try ArchiveReader.extract(
                    path: archive, into: unpacked, format: kind == .zip ? .zip : .tar, limits: .upload)
            } catch {
                throw SlipwayError(refusing: error)
            }
            DurableFiles.remove(archive)
            guard members.contains(where: { $0.kind == .file }) else {
                throw SlipwayError(.invalid, "The model's archive holds no file.")
            }
            let top = Self.onlyFolder(of: members)
            try DurableFiles.rename(top.map { "\(unpacked)/\($0)" } ?? unpacked, to: staged.files)
            if top != nil { DurableFiles.remove(unpacked) }
            return top
        }
    }

    /// Packs the files, checks the model, and publishes it as the next version of its name. On an error nothing is left.
    ///
    /// - Parameter base: The version that this one is made from, where it has to be the default one still.
    /// - Throws: `SlipwayError`: `invalid`, `forbidden` for a model of somebody else, `conflict` where `base` is not the
    ///   default version any more.
    package func publish(
        name: String, description: String? = nil, library: String? = nil, base: Int? = nil
    ) async throws -> ModelVersion {
        do {
            try await service.checkUpload(of: name, as: owner)
            let (repository, staged) = (service.repository, staged)
            let (archive, format) = try await BlockingIO.run(on: .bulk) {
                let files = OpenFolder(staged.files)?.files(limit: .max).map(\.path) ?? []
                guard !files.isEmpty else { throw SlipwayError(.invalid, "The upload holds no file of a model.") }
                return (try repository.pack(staged), ModelFormat(files: files, in: staged.files).rawValue)
            }
            return try await service.publish(
                StagedUpload(
                    folder: staged, name: name, owner: owner, archive: archive, format: format,
                    description: description, library: library, base: base))
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
        await withTaskCancellationShield { try? await BlockingIO.run { DurableFiles.remove(path) } }
    }

    /// The folder that all members are in, but for what macOS packs beside them.
    private static func onlyFolder(of members: [ArchiveMember]) -> String? {
        var tops: Set<String> = []
        for member in members {
            let parts = member.path.split(separator: "/", maxSplits: 1)
            let top = String(parts[0])
            if top == "__MACOSX" || top == ".DS_Store" || top.hasPrefix("._") { continue }
            if parts.count == 1, member.kind == .file { return nil }
            tops.insert(top)
        }
        return tops.count == 1 ? tops.first : nil
    }

    private static func invalid(_ field: String, _ value: String, _ message: String) -> SlipwayError {
        SlipwayError(
            .invalid, "The upload was not taken.", faults: [FieldFault(path: field, value: value, message: message)])
    }
}

extension SlipwayError {
    /// What was wrong with an uploaded archive, or with the disk that it is unpacked to.
    init(refusing error: ArchiveError) {
        switch error.code {
        case .system, .changedWhileReading:
            self.init(.unavailable, "The model's archive could not be unpacked: \(error.message)")
        default:
            self.init(.invalid, "The model's archive cannot be used: \(error.message)")
        }
    }
}
