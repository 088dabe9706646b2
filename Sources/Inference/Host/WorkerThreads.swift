internal import Foundation

/// A fixed number of threads for calls that block.
///
/// They are threads of their own, not the cooperative pool's: a slow model must not stop the server from accepting.
final class WorkerThreads: Sendable {
    private let jobs: JobQueue

    /// - Parameters:
    ///   - name: What tools such as `top -H` show.
    ///   - count: How many jobs may run at once.
    init(name: String, count: Int) {
        let jobs = JobQueue()
        self.jobs = jobs
        for number in 0..<max(1, count) {
            let thread = Thread { while let job = jobs.next() { job() } }
            thread.name = "\(name)-\(number)"
            // Graph optimizers recurse; the default for secondary threads is small on some platforms.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    deinit {
        jobs.close()
    }

    /// Runs `job` on one of the threads, in the order of submission.
    func submit(_ job: @escaping @Sendable () -> Void) {
        jobs.append(job)
    }

    /// Runs `body` on one of the threads and waits for its result.
    ///
    /// - Throws: What `body` throws; `CancellationError` where the task was cancelled before its turn came.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        let wish = CancellationWish()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit {
                    continuation.resume(
                        with: Swift.Result {
                            if wish.isCancelled { throw CancellationError() }
                            return try body()
                        })
                }
            }
        } onCancel: {
            wish.cancel()
        }
    }
}
