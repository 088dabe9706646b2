import Foundation
import Logging
import SlipwayCore
import Synchronization

/// What only one server may do at a time, held by renewing it: when its holder dies or stands still, another server has
/// it within `seconds`.
final class Lease: Sendable {
    let name: String
    private let server: ServerID
    private let store: any LeaseStore
    private let bell: HintBell?
    private let logger: Logger
    /// Until when it is held for certain, reckoned from before the database was asked.
    private let heldUntil = Mutex<ContinuousClock.Instant?>(nil)

    /// Seconds for which it is taken, and between two renewals.
    private static let seconds = 6.0
    private static let interval = 1.5

    /// - Parameter bell: Rung when the lease comes to this server.
    init(_ name: String, server: ServerID, store: any LeaseStore, bell: HintBell? = nil, logger: Logger) {
        self.name = name
        self.server = server
        self.store = store
        self.bell = bell
        self.logger = logger
    }

    /// Whether this server holds it now. A server that was paused finds out by its clock, before it asks anybody.
    var isHeld: Bool { heldUntil.withLock { $0.map { ContinuousClock.now < $0 } ?? false } }

    /// Tries for the lease, and renews it, until the task is cancelled.
    func keep() async {
        while !Task.isCancelled {
            await renew()
            // Ends by cancellation.
            try? await Task.sleep(for: .seconds(Self.interval))
        }
    }

    private func renew() async {
        let asked = ContinuousClock.now
        do {
            let isOurs = try await store.acquire(name, for: server, seconds: Self.seconds)
            let wasHeld = isHeld
            heldUntil.withLock { $0 = isOurs ? asked + .seconds(Self.seconds) : nil }
            guard isOurs != wasHeld else { return }
            logger.info(isOurs ? "a lease was taken" : "a lease was lost", metadata: ["lease": "\(name)"])
            if isOurs { bell?.ring() }
        } catch {
            // Without the database nobody can take it either; it lapses by the clock.
            logger.debug("a lease was not renewed", metadata: ["lease": "\(name)", "error": "\(error)"])
        }
    }
}
