package import Inference
package import SlipwayCore

/// What is in memory, and what has been done there.
extension ModelService {
    /// What was done for each version since the server began, by name and version.
    package func statistics() -> [ModelStatistics] { host.statistics() }

    /// Brings a version into memory where it is not there yet.
    ///
    /// - Throws: `SlipwayError`: `unsupported` for a model that no engine can load, `unavailable` for one whose engine
    ///   is not installed or that has no room.
    package func load(_ version: ModelVersion, as user: User) async throws {
        try Self.mayChange(user)
        try await load(version)
    }

    private func load(_ version: ModelVersion) async throws {
        try await inWords(version) { try await host.load(served(version)) }
    }

    /// Lets all versions of a model go, until the next request for one; returns when their memory is free.
    ///
    /// - Throws: `SlipwayError`: `notFound`, and `forbidden` for somebody else's model.
    package func unload(_ name: String, as user: User) async throws {
        try Self.mayChange(user)
        let versions = try await versions(of: name)
        let owner = try await store.owner(of: name)
        guard user.role == .admin || owner == user.id else { throw Self.foreign(name) }
        for version in versions { await host.unload(Self.key(version)) }
    }

    /// Where a version is between disk and memory; nil where it is on disk alone.
    package func state(of version: ModelVersion) -> ModelState? { host.states()[Self.key(version)] }

    /// The same for many.
    package func states(of versions: [ModelVersion]) -> [ModelState?] {
        let states = host.states()
        return versions.map { states[Self.key($0)] }
    }

    /// Why a version cannot be run; nil where it can.
    ///
    /// - Parameters:
    ///   - state: Where the version is, from `state(of:)`.
    ///   - isTried: Whether a version whose inputs and outputs were never read is loaded to find out.
    package func problem(of version: ModelVersion, state: ModelState?, isTried: Bool = true) async throws -> String? {
        switch state {
        case .ready, .loading: return nil
        case .failed(let reason, _): return reason.replacing(source(version).path, with: version.name)
        case .unloading, nil: break
        }
        do {
            guard try await hasEngine(version) else {
                // The host has the words for files that no engine takes, and finds out without reading them.
                try await load(version)
                return nil
            }
            if version.signature == nil, isTried { try await load(version) }
            return nil
        } catch let error as SlipwayError where error.code != .internal {
            return error.message
        }
    }

    /// Whether an engine would take the version's files.
    ///
    /// - Throws: `SlipwayError` where that engine is not installed.
    private func hasEngine(_ version: ModelVersion) async throws -> Bool {
        let (engines, folder, paths) = (engineList, source(version).path, try await files(of: version))
        return try await inWords(version) {
            try await BlockingIO.run {
                for engine in engines where try engine.find(in: VersionFiles(folder: folder, paths: paths)) != nil {
                    _ = try engine.version()
                    return true
                }
                return false
            }
        }
    }
}
