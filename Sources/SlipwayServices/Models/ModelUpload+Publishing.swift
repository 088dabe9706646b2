import Archives
import Crypto
import Foundation
package import SlipwayCore

/// A version whose files and archive lie in a staging folder.
struct StagedUpload: Sendable {
    var folder: VersionFolder
    var name: String
    var owner: User
    var archive: ModelRepository.Copied
    var format: String
    var description: String?
    var library: String?
    /// The version that this one is made from, where it has to be the default one still when it is published.
    var base: Int?
}

extension ModelService {
    /// Whether a user may upload versions of a model.
    ///
    /// - Throws: `SlipwayError` for a name that cannot be a model's, and for a model of somebody else.
    package func checkUpload(of name: String, as user: User) async throws {
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
        if let holder = try await store.holder(of: name), holder != user.id, user.role != .admin {
            throw SlipwayError(
                .forbidden,
                "The name “\(name)” belongs to somebody else: a model has it, or a process of their folder would.")
        }
    }

    /// Checks a staged version, and publishes it as its model's next.
    func publish(_ staged: StagedUpload) async throws -> ModelVersion {
        let signature = try await StagedModelCheck(host: host, repository: repository)
            .signature(of: staged.folder, sha256: staged.archive.sha256)
        let facts = PublishedFacts(
            format: staged.format, sha256: staged.archive.sha256, bytes: staged.archive.bytes, signature: signature)
        let version = try await store.reserve(
            VersionReservation(
                name: staged.name, task: nil, ownerID: staged.owner.id, description: staged.description,
                library: staged.library))
        do {
            let repository = repository
            _ = try await store.publish(
                name: staged.name, version: version, facts: facts, base: staged.base, finishing: nil
            ) {
                try await BlockingIO.run { try repository.place(staged.folder, name: staged.name, version: version) }
            }
        } catch {
            try? await store.abandon(name: staged.name, version: version)
            throw error
        }
        catalog.changed(staged.name)
        return try await self.version("\(version)", of: staged.name)
    }
}

extension ModelRepository {
    /// Packs a staged version's files into its archive. Blocks.
    func pack(_ staged: VersionFolder) throws -> Copied {
        do throws(ArchiveError) {
            _ = try ArchiveWriter.write(folder: staged.files, to: staged.archive)
        } catch {
            throw SlipwayError(.internal, "The model cannot be packed: \(error.message)")
        }
        return try digest(of: staged.archive)
    }

    /// Size and SHA-256 of a file that the server wrote. Blocks.
    private func digest(of path: String) throws -> Copied {
        guard let file = StoredFile.at(path)?.content else { throw DurableFiles.failure("open", path) }
        var hash = SHA256()
        var total: Int64 = 0
        try withUnsafeTemporaryAllocation(byteCount: 1 << 20, alignment: 16) { buffer in
            while case let count = try file.read(into: buffer, at: total), count > 0 {
                hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                total += Int64(count)
            }
        }
        return Copied(sha256: hash.finalize().hex, bytes: total)
    }
}
