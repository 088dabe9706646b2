import Dispatch
import Foundation

/// Ctrl-C and `kill`, made into cancellation, so that half-written files are removed on the way out.
enum Interruption {
    /// Runs `body`; on SIGINT or SIGTERM cancels it, waits for its end, and then ends the process by the signal, as
    /// the shell expects. A second signal ends the process at once.
    static func cancelling(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let (signals, continuation) = AsyncStream<Int32>.makeStream()
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                signal(number, SIG_DFL)
                continuation.yield(number)
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        let received = try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask {
                try await body()
                return nil
            }
            group.addTask { await signals.first { _ in true } }
            let first = try await group.next() ?? nil
            group.cancelAll()
            // What the body says about its cancellation interests nobody.
            if first != nil { while await group.nextResult() != nil {} }
            return first
        }
        if let received { end(by: received) }
    }

    /// Threads of Swift's pool block signals: raised there, one would wait for ever, and the process would end well.
    private static func end(by number: Int32) -> Never {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
        exit(128 + number)
    }
}
