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
            Self.start(name: "\(name)-\(number)") { while let job = jobs.next() { job() } }
        }
    }

    deinit {
        jobs.close()
    }

    /// Runs `job` on one of the threads, in the order of submission.
    func submit(_ job: @escaping @Sendable () -> Void) {
        jobs.append(job)
    }

    /// Starts a thread that ends with `body`.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        // Graph optimizers recurse; the default for secondary threads is small on some platforms.
        thread.stackSize = 8 << 20
        thread.start()
    }
}
