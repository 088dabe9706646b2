internal import Foundation

/// Jobs in order, handed to the threads that wait for them.
///
/// `@unchecked Sendable`: `jobs` and `isClosed` are touched only while `condition` is locked.
final class JobQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [@Sendable () -> Void] = []
    /// How many jobs at the front have been taken; the array is cut when they outweigh the rest.
    private var taken = 0
    private var isClosed = false

    func append(_ job: @escaping @Sendable () -> Void) {
        condition.lock()
        jobs.append(job)
        condition.signal()
        condition.unlock()
    }

    /// Lets the threads end once the jobs are done.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }

    /// Waits for a job; nil when the queue is closed and empty.
    func next() -> (@Sendable () -> Void)? {
        condition.lock()
        defer { condition.unlock() }
        while taken == jobs.count {
            if isClosed { return nil }
            condition.wait()
        }
        let job = jobs[taken]
        taken += 1
        if taken > 32, taken * 2 > jobs.count {
            jobs.removeFirst(taken)
            taken = 0
        }
        return job
    }
}
