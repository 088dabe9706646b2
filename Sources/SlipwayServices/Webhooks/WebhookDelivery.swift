import AsyncHTTPClient
import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore
import Synchronization

/// Tells ends of tasks to the addresses that their configs named.
///
/// Claims never collide, so every server runs one. A message whose receipt could not be recorded is sent again, with
/// the same id: receivers know it by that.
struct WebhookDelivery: Service {
    let configuration: WebhookConfiguration
    let store: any WebhookStore
    let bell: HintBell
    let tally: WebhookTally
    let faults: Faults
    let logger: Logger

    /// Seconds between looks when no hint came.
    private static let ground = 5.0
    private static let concurrency = 4
    /// Seconds after which a claim is another server's: longer than sending takes.
    private static let claim = WebhookSender.timeLimit * 2

    func run() async throws {
        try await HTTPClient.withHTTPClient(configuration: WebhookSender.clientConfiguration) { client in
            let sender = WebhookSender(client: client, configuration: configuration)
            await cancelWhenGracefulShutdown { [self] in await deliver(by: sender) }
        }
    }

    /// Keeps up to four messages on their way: one that hangs does not hold up the others.
    private func deliver(by sender: WebhookSender) async {
        let underWay = Gauge()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do {
                    let free = Self.concurrency - underWay.value
                    let messages = free > 0 ? try await store.claimDue(limit: free, seconds: Self.claim) : []
                    for message in messages {
                        underWay.add(1)
                        group.addTask {
                            await deliver(message, by: sender)
                            underWay.add(-1)
                            bell.ring()
                        }
                    }
                } catch {
                    logger.warning("claiming webhooks failed", metadata: ["error": "\(error)"])
                }
                guard await bell.wait(seconds: Self.ground) else { return }
            }
        }
    }

    private func deliver(_ message: WebhookMessage, by sender: WebhookSender) async {
        faults.pass(.webhookClaimed)
        let result: Result<WebhookOutcome, any Error>
        do {
            result = .success(try await sender.send(message))
        } catch {
            result = .failure(error)
        }
        faults.pass(.webhookSent)
        // A server that is told to stop has broken off the sending, not the record of it.
        await withTaskCancellationShield { await record(result, of: message) }
    }

    private func record(_ result: Result<WebhookOutcome, any Error>, of message: WebhookMessage) async {
        let claim = message.claim
        var metadata: Logger.Metadata = [
            "task": "\(message.task)", "delivery": "\(claim.id)", "try": "\(claim.tries)",
        ]
        do {
            switch result {
            case .success(.delivered):
                try await store.noteDelivered(claim)
                tally.note(.delivered)
                logger.info("a webhook was delivered", metadata: metadata)
            case .success(.refused(let why)):
                try await store.noteFailed(claim, error: why, retryAfter: nil)
                tally.note(.givenUp)
                metadata["error"] = "\(why)"
                logger.warning("a webhook was given up", metadata: metadata)
            case .success(.failed(let why)):
                try await noteFailed(claim, why, age: message.age, metadata)
            case .failure(is CancellationError):
                try await store.release(claim)
            case .failure(let error):
                logger.error("a webhook could not be sent", metadata: metadata.merging(["error": "\(error)"]) { $1 })
                try await noteFailed(claim, "The server could not send it.", age: message.age, metadata)
            }
        } catch {
            // The claim runs out, and the message is sent again.
            metadata["error"] = "\(error)"
            logger.warning("a webhook's delivery was not recorded", metadata: metadata)
        }
    }

    private func noteFailed(
        _ claim: WebhookMessage.Claim, _ why: String, age: Double, _ metadata: Logger.Metadata
    ) async throws {
        let wait = WebhookBackOff.wait(
            afterTry: claim.tries, age: age, jitter: .random(in: WebhookBackOff.jitter))
        try await store.noteFailed(claim, error: why, retryAfter: wait)
        tally.note(wait == nil ? .givenUp : .failed)
        let details: Logger.Metadata = ["error": "\(why)", "retry_after": "\(wait.map { Int($0) } ?? 0)"]
        logger.notice(
            wait == nil ? "a webhook was given up" : "a webhook was not delivered yet",
            metadata: metadata.merging(details) { $1 })
    }
}

/// How many there are now.
private final class Gauge: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add(_ change: Int) { count.withLock { $0 += change } }
}
