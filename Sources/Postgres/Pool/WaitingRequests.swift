/// Requests that wait for a connection, each kind first come, first served.
struct WaitingRequests {
    /// Reads that have proven short: they share connections.
    private(set) var shortReads = Queue<Request>()
    /// Reads that are new or have proven long: each has a connection to itself, any.
    private(set) var otherReads = Queue<Request>()
    /// Scopes and whatever else may wait for locks: one connection is kept from them, so that reads go on.
    private(set) var holders = Queue<Request>()

    var isEmpty: Bool { shortReads.isEmpty && otherReads.isEmpty && holders.isEmpty }

    /// How many connections would leave nobody waiting.
    var wantedConnections: Int { holders.count + otherReads.count + (shortReads.isEmpty ? 0 : 1) }

    mutating func append(_ request: Request) {
        guard let profile = request.profile, profile.isPlainRead else { return holders.append(request) }
        if profile.isShareable { shortReads.append(request) } else { otherReads.append(request) }
    }

    mutating func prepend(_ request: Request) {
        guard let profile = request.profile, profile.isPlainRead else { return holders.prepend(request) }
        if profile.isShareable { shortReads.prepend(request) } else { otherReads.prepend(request) }
    }

    mutating func popShortRead() -> Request? {
        shortReads.popFirst()
    }

    /// Takes out the request that has waited longest, holders only where one may have a connection.
    mutating func popOldest(holdersToo: Bool) -> Request? {
        let holder = holdersToo ? holders.first?.order : nil
        let oldest = min(shortReads.first?.order ?? .max, otherReads.first?.order ?? .max, holder ?? .max)
        guard oldest < .max else { return nil }
        if oldest == shortReads.first?.order { return shortReads.popFirst() }
        if oldest == otherReads.first?.order { return otherReads.popFirst() }
        return holders.popFirst()
    }

    /// Drops what was cancelled meanwhile from the heads.
    mutating func dropFinished() {
        while shortReads.first?.isFinished == true { _ = shortReads.popFirst() }
        while otherReads.first?.isFinished == true { _ = otherReads.popFirst() }
        while holders.first?.isFinished == true { _ = holders.popFirst() }
    }

    /// Takes out what has waited to its deadline; each queue is in the order of deadlines.
    mutating func popOverdue(now: Instant) -> Request? {
        if let first = shortReads.first, first.deadline <= now { return shortReads.popFirst() }
        if let first = otherReads.first, first.deadline <= now { return otherReads.popFirst() }
        if let first = holders.first, first.deadline <= now { return holders.popFirst() }
        return nil
    }

    var nextDeadline: Instant? {
        [shortReads.first?.deadline, otherReads.first?.deadline, holders.first?.deadline].compactMap { $0 }.min()
    }

    mutating func removeAll() -> [Request] {
        shortReads.removeAll() + otherReads.removeAll() + holders.removeAll()
    }
}
