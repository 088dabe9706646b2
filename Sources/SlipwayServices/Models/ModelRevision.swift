import Foundation
package import NIOCore
package import SlipwayCore

extension ModelService {
    /// Begins a version that is the model's default one but for some files.
    ///
    /// - Throws: `SlipwayError`: `notFound`, and `forbidden` for a viewer and for a model of somebody else.
    package func beginRevision(of name: String, as user: User) async throws -> ModelRevision {
        try await checkUpload(of: name, as: user)
        _ = try await version(nil, of: name)
        return ModelRevision(name: name, bundle: try await beginBundle(as: user))
    }
}

/// Files on their way into a model, which become its next version together with all others of its default one; goes
/// through the same checks as an upload.
package struct ModelRevision: Sendable {
    let name: String
    let bundle: ModelBundle

    /// Begins a file, which takes the place of one of the same name.
    ///
    /// - Parameter filename: As the client sent it; the last component counts.
    /// - Returns: The name that the file gets.
    /// - Throws: `SlipwayError` of code `invalid` for a name of which nothing is left, or that came before.
    @discardableResult
    package func beginFile(_ filename: String, field: String) async throws -> String {
        try await bundle.beginFile(filename, field: field)
    }

    package func write(_ bytes: ByteBuffer) async throws { try await bundle.write(bytes) }

    /// Has on disk what was begun last.
    package func end() async throws { try await bundle.end() }

    /// Takes over what stays, checks the model, and publishes it as the next version. On an error nothing is left.
    ///
    /// - Throws: `SlipwayError`: `invalid` for a model that cannot be used with these files, `conflict` where another
    ///   server made another version the default one meanwhile, `forbidden`, `notFound`.
    package func publish() async throws -> ModelVersion {
        do {
            // One after the other, or each would be made from the same version and the last one have its own files alone.
            return try await bundle.service.revisions.withLock(name) { try await publishNext() }
        } catch {
            await bundle.discard()
            throw error
        }
    }

    private func publishNext() async throws -> ModelVersion {
        // From the register itself: what this server knows of the model may be a moment old.
        let store = bundle.service.store
        guard let base = try await store.version(nil, of: name) else { throw ModelService.unknown(name, nil) }
        try await bundle.complete(from: base)
        // Files are removed after their row: of a version that is still there, all were.
        guard try await store.version("\(base.version)", of: name) != nil else {
            throw ModelService.unknown(name, "\(base.version)")
        }
        return try await bundle.publish(
            name: name, description: base.description, library: base.library, base: base.version)
    }

    /// Leaves nothing behind, also in a task that was cancelled.
    package func discard() async { await bundle.discard() }
}

extension ModelBundle {
    /// Adds the files of a published version whose names no file of the bundle has; they are the same files on disk,
    /// which nobody ever writes to.
    ///
    /// - Throws: `SlipwayError` of code `invalid` where a file of the bundle has the name of a folder of the version.
    func complete(from version: ModelVersion) async throws {
        let source = service.repository.folders.version(version.version, of: version.name).files
        let (repository, files, names) = (service.repository, staged.files, names)
        try await BlockingIO.run(on: .bulk) {
            var folders: Set<String> = []
            guard let published = OpenFolder(source) else {
                throw SlipwayError(.notFound, "Version \(version.version) of “\(version.name)” has no files any more.")
            }
            for path in published.files(limit: .max).map(\.path) {
                let parts = path.split(separator: "/").map(String.init)
                if parts.count == 1, names.contains(path.lowercased()) { continue }
                if parts.count > 1, names.contains(parts[0].lowercased()) {
                    throw SlipwayError(
                        .invalid, "The model has a folder “\(parts[0])”: no file can take its place.",
                        faults: [FieldFault(path: "file", value: parts[0], message: "must have another name")])
                }
                let folder = ([files] + parts.dropLast()).joined(separator: "/")
                if folders.insert(folder).inserted { try DurableFiles.createFolder(folder) }
                try repository.share("\(source)/\(path)", as: "\(files)/\(path)")
            }
        }
    }
}

extension ModelRepository {
    /// Gives a file of the repository a second name, or where the file system has no such thing makes a copy. Blocks.
    func share(_ source: String, as destination: String) throws {
        if link(source, destination) == 0 { return }
        guard [EXDEV, EMLINK, EPERM, ENOTSUP].contains(errno) else { throw DurableFiles.failure("link", source) }
        _ = try copy(source, to: destination)
    }
}
