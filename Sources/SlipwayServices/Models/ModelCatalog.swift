import Inference
import Logging
import ServiceLifecycle
import SlipwayCore

/// The register of models as this server knows it: reads it once and follows its changes, whichever server makes them.
///
/// A version that leaves the register leaves memory too; requests that run on it end first.
final class ModelCatalog: Service {
    private struct Key: Hashable {
        let name: String
        let selector: String?
    }

    private let store: any ModelStore
    private let host: ModelHost
    private let logger: Logger
    private let versions = FollowedCache<Key, ModelVersion>()

    init(store: any ModelStore, host: ModelHost, logger: Logger) {
        self.store = store
        self.host = host
        self.logger = logger
    }

    /// A version that has been asked for a moment ago, without a look at the store.
    func copy(_ selector: String?, of name: String) -> ModelVersion? {
        versions.copy(of: Key(name: name, selector: selector))
    }

    func version(_ selector: String?, of name: String) async throws -> ModelVersion? {
        try await versions.value(of: Key(name: name, selector: selector)) {
            try await store.version(selector, of: name)
        }
    }

    /// This server has changed the model: its own requests see it before anybody is answered.
    func changed(_ name: String) { versions.changed { $0.name == name } }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            do {
                // Looking at the register takes a moment, in which further changes must not wait.
                try await withThrowingDiscardingTaskGroup { group in
                    for try await change in store.changes() {
                        switch change {
                        case .all: versions.followingBegan()
                        case .model(let name): changed(name)
                        }
                        group.addTask { [self] in await letGo(change) }
                    }
                }
            } catch {
                if !Task.isCancelled {
                    logger.error("the subscription to models ended", metadata: ["error": "\(error)"])
                }
            }
            versions.followingEnded()
        }
    }

    /// Unloads the versions that are in memory and no longer in the register.
    private func letGo(_ change: ModelChange) async {
        let loaded = host.states().keys.filter { key in
            switch change {
            case .all: true
            case .model(let name): key.name == name
            }
        }
        for (name, keys) in Dictionary(grouping: loaded, by: \.name) {
            do {
                let left = Set(try await store.versions(of: name).map { String($0.version) })
                for key in keys where !left.contains(key.version) { host.letGo(key) }
            } catch {
                logger.warning(
                    "whether models are still in the register could not be read",
                    metadata: ["model": "\(name)", "error": "\(error)"])
            }
        }
    }
}
