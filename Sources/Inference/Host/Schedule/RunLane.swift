/// The requests that wait for one model, and what runs on it.
struct RunLane<Request: SchedulableRequest>: Sendable {
    /// Requests before `head` are taken; they are cut off when they outweigh the rest.
    private var queue: [Request] = []
    private var head = 0
    private var queuedRows = 0
    private(set) var running = 0
    /// Nanoseconds of a run, the last ones weighing most; nil before the first has ended.
    private var meanRun: UInt64?

    /// How far behind the first a request is looked for that may run with it: a bound for queues of many shapes.
    private static var window: Int { 512 }
    /// Nanoseconds: about what waking a thread costs the request and the machine.
    private static var shortRun: UInt64 { 150_000 }

    var isEmpty: Bool { head == queue.count }

    /// What runs on the model will be done before another thread could have begun.
    var isAboutToBeFree: Bool { running > 0 && isQuick }

    /// Whether what is next may be run by a thread that has other things to do.
    var isForGuests: Bool { !isEmpty && isQuick && queue[head].isSmall && queue[head].delay == 0 }

    /// Runs of this model cost less than it takes to wake a thread for them.
    var isQuick: Bool { meanRun.map { $0 < Self.shortRun } == true }

    /// When the first request has waited for long enough; nil where nothing waits.
    var ripeAt: UInt64? {
        guard !isEmpty else { return nil }
        let first = queue[head]
        return first.rows == 0 || queuedRows >= first.maximumRows ? 0 : first.arrival &+ first.delay
    }

    mutating func append(_ request: Request) {
        queue.append(request)
        queuedRows += request.rows
    }

    /// Takes the first request and, in their order, those that can run with it.
    ///
    /// - Parameter onlySmall: Leaves those that are not for later.
    mutating func begin(into batch: inout [Request], onlySmall: Bool = false) {
        let first = queue[head]
        var rows = first.rows
        var next = head + 1
        var passed: [Request] = []
        batch.append(first)
        if first.rows > 0 {
            let end = min(queue.count, next + Self.window)
            while next < end, rows < first.maximumRows {
                let request = queue[next]
                if request.rows > 0, rows + request.rows <= first.maximumRows, request.isSmall || !onlySmall,
                    request.joins(first)
                {
                    batch.append(request)
                    rows += request.rows
                } else {
                    passed.append(request)
                }
                next += 1
            }
        }
        // Those that were passed over stay in front of those that were not looked at.
        head = next - passed.count
        for (offset, request) in passed.enumerated() { queue[head + offset] = request }
        queuedRows -= rows
        running += 1
        compact()
    }

    mutating func ended(took nanoseconds: UInt64) {
        running -= 1
        meanRun = meanRun.map { $0 - $0 / 8 + nanoseconds / 8 } ?? nanoseconds
    }

    private mutating func compact() {
        if head == queue.count {
            queue.removeAll(keepingCapacity: queue.capacity <= 4096)
            head = 0
        } else if head > 32, head * 2 > queue.count {
            queue.removeFirst(head)
            head = 0
        }
    }
}
