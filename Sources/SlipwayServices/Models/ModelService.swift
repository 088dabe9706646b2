package import Foundation
import Inference
package import SlipwayCore

/// What users do with models.
package struct ModelService: Sendable {
    let store: any ModelStore
    let catalog: ModelCatalog
    let removals: any RetentionStore
    let repository: ModelRepository
    let host: ModelHost
    let engineList: [any InferenceEngine]
    /// By model: whose revision is being made.
    let revisions = KeyedLocks()

    package func list() async throws -> [ModelSummary] {
        try await store.models()
    }

    /// All versions, the newest first.
    package func versions(of name: String) async throws -> [ModelVersion] {
        let versions = try await store.versions(of: name)
        guard !versions.isEmpty else { throw Self.unknown(name, nil) }
        return versions
    }

    /// A version by number or alias; nil is the alias `default`.
    package func version(_ selector: String?, of name: String) async throws -> ModelVersion {
        guard let version = try await catalog.version(selector, of: name) else { throw Self.unknown(name, selector) }
        return version
    }

    /// A version that was asked for a moment ago; nil where it has to be looked up.
    package func recentVersion(_ selector: String?, of name: String) -> ModelVersion? {
        catalog.copy(selector, of: name)
    }

    /// The archive, `NAME-VERSION.tar.gz` for a download; its ETag is the version's SHA-256.
    package func archive(_ version: ModelVersion) async throws -> StoredFile {
        let path = repository.folders.version(version.version, of: version.name).archive
        let name = "\(version.name)-\(version.version).tar.gz"
        guard let file = try await BlockingIO.run({ StoredFile.at(path, name: name) }) else {
            throw SlipwayError(
                .internal, "The archive of \(version.name) version \(version.version) is not in the repository.")
        }
        return file
    }

    package func setAlias(_ alias: String, of name: String, to version: Int, as user: User) async throws {
        try Self.mayChange(user)
        guard FileNames.isModelName(alias), Int(alias) == nil else {
            throw SlipwayError(
                .invalid, "This cannot be an alias.",
                faults: [
                    FieldFault(
                        path: "alias", value: alias,
                        message:
                            "must be 1 to 128 letters, digits, “.”, “_” or “-”, begin with a letter or digit, and not be a number"
                    )
                ])
        }
        try Self.check(
            try await store.setAlias(alias, of: name, to: version, for: user.viewer), name, "\(version)")
        catalog.changed(name)
    }

    package func removeAlias(_ alias: String, of name: String, as user: User) async throws {
        try Self.mayChange(user)
        guard alias != "default" else {
            throw SlipwayError(.conflict, "The alias “default” always points at a version; move it instead.")
        }
        try Self.check(try await store.removeAlias(alias, of: name, for: user.viewer), name, alias)
        catalog.changed(name)
    }

    /// Removes one version, or with nil all of them.
    ///
    /// - Returns: The numbers removed.
    package func delete(name: String, version: Int?, as user: User) async throws -> [Int] {
        try Self.mayChange(user)
        guard let owner = try await store.owner(of: name) else { throw Self.unknown(name, nil) }
        guard user.role == .admin || owner == user.id else { throw Self.foreign(name) }
        let removed = try await store.remove(name: name, version: version, for: user.viewer)
        catalog.changed(name)
        guard !removed.isEmpty else { throw Self.unknown(name, version.map { "\($0)" }) }
        let repository = repository
        for number in removed {
            host.letGo(ModelKey(name: name, version: "\(number)"))
            try await removals.finishRemoval(name: name, version: number) {
                try await BlockingIO.run { repository.remove(name: name, version: number) }
            }
            // A request that had asked before may have brought it back.
            host.letGo(ModelKey(name: name, version: "\(number)"))
        }
        return removed
    }

    /// Says what a version is, or with nil the model as a whole.
    ///
    /// - Parameter description: At most 16 KiB; nil removes it.
    package func describe(
        name: String, version: Int?, description: String?, as user: User
    ) async throws {
        try Self.mayChange(user)
        if let description, description.utf8.count > 16 << 10 || description.utf8.contains(0) {
            throw SlipwayError(
                .invalid, "The description was not stored.",
                faults: [
                    FieldFault(path: "description", message: "must be text of at most 16 KiB, without zero characters")
                ])
        }
        let outcome = try await store.describe(
            name: name, version: version, description: description, for: user.viewer)
        catalog.changed(name)
        try Self.check(outcome, name, version.map { "\($0)" })
    }

    package func description(of name: String) async throws -> String? { try await store.description(of: name) }

    /// How a model is served.
    package func settings(of name: String) async throws -> ServingSettings {
        guard let newest = try await store.versions(of: name).first else { throw Self.unknown(name, nil) }
        return newest.settings
    }

    /// `metrics.json` among the version's files, where it has one of at most 64 KiB.
    package func metrics(of version: ModelVersion) async throws -> Data? {
        let folder = repository.folders.version(version.version, of: version.name).files
        return try await BlockingIO.run {
            guard let file = StoredFile.at("\(folder)/metrics.json", within: folder), file.content.bytes <= 65_536
            else {
                return nil
            }
            return Data(file.content.contents(limit: 65_536))
        }
    }

    /// Sets how a model is served.
    package func setSettings(_ settings: ServingSettings, of name: String, as user: User) async throws {
        try Self.mayChange(user)
        let faults = settings.faults
        guard faults.isEmpty else { throw SlipwayError(.invalid, "The settings were not stored.", faults: faults) }
        let outcome = try await store.setSettings(settings, of: name, for: user.viewer)
        catalog.changed(name)
        try Self.check(outcome, name, nil)
    }

    /// Inputs and outputs, read from the model.
    package func signature(of version: ModelVersion) async throws -> ModelSignature {
        if let signature = version.signature { return signature }
        return try await inWords(version) {
            try await host.model(served(version)).model.signature
        }
    }

    /// What lies beside the model: names of its columns and classes, the scaling of its training.
    func companions(of version: ModelVersion) async throws -> ModelCompanions {
        try await inWords(version) {
            try await host.model(served(version)).companions
        }
    }

    /// The protocol's word for the version's kind, such as `onnx_onnxv1`.
    package func platform(of version: ModelVersion) -> String {
        version.format == ModelFormat.onnx.rawValue ? "onnx_onnxv1" : version.format
    }

    /// The engines that models can run on, and what is missing of them.
    package func engines() async -> [EngineStatus] {
        await withTaskGroup(of: EngineStatus.self) { group in
            for engine in engineList {
                group.addTask {
                    do {
                        let version = try await BlockingIO.run { try engine.version() }
                        return EngineStatus(name: engine.name, version: version, problem: nil)
                    } catch {
                        return EngineStatus(name: engine.name, version: nil, problem: "\(error)")
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.name < $1.name }
        }
    }

    func source(_ version: ModelVersion) -> ModelSource {
        ModelSource(path: repository.folders.version(version.version, of: version.name).files, sha256: version.sha256)
    }

    func served(_ version: ModelVersion) -> ServedVersion {
        ServedVersion(key: Self.key(version), source: source(version), settings: version.settings)
    }

    static func key(_ version: ModelVersion) -> ModelKey {
        ModelKey(name: version.name, version: "\(version.version)")
    }

    static func mayChange(_ user: User) throws {
        try user.mayChange("not change models")
    }

    private static func check(_ outcome: AliasOutcome, _ name: String, _ selector: String?) throws {
        switch outcome {
        case .done: return
        case .notFound: throw unknown(name, selector)
        case .forbidden: throw foreign(name)
        }
    }

    static func unknown(_ name: String, _ selector: String?) -> SlipwayError {
        let version = selector.map { " with version or alias “\($0.prefix(128))”" } ?? ""
        return SlipwayError(.notFound, "There is no model “\(name.prefix(128))”\(version).")
    }

    static func foreign(_ name: String) -> SlipwayError {
        SlipwayError(.forbidden, "The model “\(name)” belongs to somebody else.")
    }
}

/// One engine, and why it cannot be used where that is so.
package struct EngineStatus: Sendable {
    package var name: String
    package var version: String?
    package var problem: String?
}
