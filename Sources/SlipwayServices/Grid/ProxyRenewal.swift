import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore

/// Renews a cluster's proxy by the operator's command, on its schedule. Of several servers one does it.
struct ProxyRenewal: Service {
    let access: GridAccess
    let command: RenewalCommand
    let every: Double
    let lease: Lease
    /// Rung when the lease comes to this server.
    let bell: HintBell
    let clock: any Clock<Duration>
    let logger: Logger

    /// The proxy is looked at so often: it may be removed, or replaced by hand.
    private static let interval = 60.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup { group in
                group.addTask { await lease.keep() }
                group.addTask { await renewAgainAndAgain() }
            }
        }
    }

    private func renewAgainAndAgain() async {
        var schedule = RenewalSchedule(every: every)
        while !Task.isCancelled {
            var wait = Self.interval
            if lease.isHeld {
                guard let due = try? await step(&schedule) else { return }
                wait = min(wait, due)
            } else {
                schedule.lost()
                access.record.forgetLast()
            }
            guard await bell.wait(seconds: wait, clock: clock) else { return }
        }
    }

    /// Runs the command if it is due.
    ///
    /// - Returns: Seconds until it is due.
    /// - Throws: `CancellationError`.
    func step(_ schedule: inout RenewalSchedule) async throws -> Double {
        let standing = try await access.standing()
        let due = schedule.wait(now: access.now(), left: standing.left, writtenAt: standing.writtenAt)
        guard due <= 0 else { return due }
        let outcome = try await renew()
        let after = try await access.standing()
        schedule.ended(at: access.now(), isRenewed: outcome.kind == .renewed, left: after.left)
        return schedule.wait(now: access.now(), left: after.left, writtenAt: after.writtenAt)
    }

    private func renew() async throws -> RenewalOutcome {
        var (outcome, lines) = try await command.run()
        if outcome.kind == .renewed, case .failure(let fault) = try await access.check() {
            outcome.end = .useless(fault.sentence(path: access.configuration.proxy))
        }
        access.record.note(outcome, at: access.now())
        let metadata: Logger.Metadata = [
            "cluster": "\(access.cluster)", "outcome": "\(outcome.words)",
            "output": "\(lines.joined(separator: " | "))",
        ]
        switch outcome.kind {
        case .renewed: logger.info("the proxy for remote files was renewed", metadata: metadata)
        case .failed, .timeout: logger.warning("the proxy for remote files was not renewed", metadata: metadata)
        }
        return outcome
    }
}
