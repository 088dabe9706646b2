package import Foundation
package import SlipwayCore

extension ModelService {
    /// Paths of a version's files, sorted; hidden ones are left out.
    package func files(of version: ModelVersion) async throws -> [String] {
        let folder = repository.folders.version(version.version, of: version.name).files
        return try await BlockingIO.run {
            let files = OpenFolder(folder)?.files(limit: 10_000).map(\.path) ?? []
            return files.filter { path in !path.split(separator: "/").contains { $0.hasPrefix(".") } }.sorted()
        }
    }

    /// One of a version's files; nil where there is no regular file at the path, or a link on the way to it.
    package func file(_ path: String, of version: ModelVersion) async throws -> StoredFile? {
        let folder = repository.folders.version(version.version, of: version.name).files
        return try await BlockingIO.run { StoredFile.at("\(folder)/\(path)", within: folder) }
    }

    /// The file that makes a version what it is: an ONNX file, `saved_model.pb`, a frozen graph; or its only one.
    ///
    /// - Parameter named: The name that `params.json` gives it; counts where there is a file of that name.
    package func mainFile(of version: ModelVersion, named name: String? = nil) async throws -> String? {
        let files = try await files(of: version)
        if let name = name?.split(separator: "/").last, let named = Self.nearest(name, in: files) { return named }
        return ModelFormat(rawValue: version.format)?.mainFile(in: files) ?? (files.count == 1 ? files.first : nil)
    }

    /// What `params.json` holds, which lies at the root of a version's files or in the model's own folder; nil where
    /// there is none, or one that is no model's any more.
    ///
    /// - Parameter limit: Bytes that it may have.
    package func parametersFile(of version: ModelVersion, limit: Int = 1 << 20) async throws -> Data? {
        guard let path = Self.nearest("params.json", in: try await files(of: version)),
            let file = try await file(path, of: version), file.bytes <= limit
        else { return nil }
        return try await BlockingIO.run { file.content.contents(limit: limit) }
    }

    /// Of the files with a name, the one nearest to the root.
    private static func nearest(_ name: some StringProtocol, in files: [String]) -> String? {
        files.filter { $0 == name || $0.hasSuffix("/" + name) }
            .min { ($0.count { $0 == "/" }, $0) < ($1.count { $0 == "/" }, $1) }
    }
}
