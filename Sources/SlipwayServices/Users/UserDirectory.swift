import Logging
import ServiceLifecycle
import SlipwayCore

/// The users as this server knows them: reads each once and follows the changes, whoever makes them.
final class UserDirectory: Service {
    private let store: any UserStore
    private let logger: Logger
    private let byToken = FollowedCache<[UInt8], User>()
    private let byNumber = FollowedCache<User.ID, User>()

    init(store: any UserStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// The user of a token that was good a moment ago, without a look at the store.
    func copy(tokenHash: [UInt8]) -> User? { byToken.copy(of: tokenHash) }

    /// The user of a valid token.
    func user(tokenHash: [UInt8]) async throws -> User? {
        try await byToken.value(of: tokenHash) { try await store.user(tokenHash: tokenHash) }
    }

    func user(_ id: User.ID) async throws -> User? {
        try await byNumber.value(of: id) { try await store.user(id) }
    }

    /// This server has changed a user or a token.
    func changed() {
        byToken.changed()
        byNumber.changed()
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            do {
                for try await isComplete in store.changes() {
                    if isComplete {
                        byToken.followingBegan()
                        byNumber.followingBegan()
                    } else {
                        changed()
                    }
                }
            } catch {
                if !Task.isCancelled {
                    logger.error("the subscription to users ended", metadata: ["error": "\(error)"])
                }
            }
            byToken.followingEnded()
            byNumber.followingEnded()
        }
    }
}
