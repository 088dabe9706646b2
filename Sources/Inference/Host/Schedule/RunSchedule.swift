/// Which model runs next, and with which requests: the pure part of running.
///
/// Each model in memory has a lane. Lanes with waiting requests take turns; a lane whose requests wait gets all runners
/// but one as long as others wait too, so that a slow model holds up nobody but its own callers.
struct RunSchedule<Request: SchedulableRequest>: Sendable {
    /// What an arrival leads to.
    enum Arrival: Hashable {
        case queued
        /// One of the sleeping runners has to be woken.
        case wake
        /// The guest that brought it is to come and run it.
        case guest
        /// The host is gone; the request was not taken.
        case refused
    }

    /// What a free runner does next.
    enum Step: Hashable {
        /// Run what was put into its batch; first wake another runner where there is work for it.
        case run(wakesAnother: Bool)
        /// Sleep until woken, or until the time in nanoseconds.
        case sleep(until: UInt64?)
        case end
    }

    /// Runs that a guest does at most before it goes back to its own work.
    private static var guestRuns: Int { 8 }

    /// What a guest does next.
    enum GuestStep: Hashable {
        /// Run what was put into its batch.
        case run
        case go
        /// Wake a runner for what is left.
        case wakeAndGo
    }

    private let runners: Int
    private var lanes: [UInt64: RunLane<Request>] = [:]
    /// Lanes with waiting requests; the one whose turn is next comes first.
    private var turns: [UInt64] = []
    /// Runners that sleep and have not been told to wake.
    private(set) var sleepers = 0
    private var isClosed = false

    /// - Parameter runners: How many runs there are at a time.
    init(runners: Int) {
        self.runners = runners
    }

    /// - Parameter isByGuest: The thread that brings it would run it, with others that it brings, in a moment.
    mutating func requestArrived(_ request: Request, isByGuest: Bool = false) -> Arrival {
        guard !isClosed else { return .refused }
        let index = lane(request.lane)
        let wasEmpty = lanes.values[index].isEmpty
        lanes.values[index].append(request)
        if wasEmpty { turns.append(request.lane) }
        if isByGuest, lanes.values[index].isQuick, request.delay == 0, request.isSmall { return .guest }
        guard sleepers > 0, !lanes.values[index].isAboutToBeFree else { return .queued }
        // The first that may wait wakes somebody to watch the time; those that follow only when the run is full.
        if !wasEmpty, request.delay > 0, let ripeAt = lanes.values[index].ripeAt, ripeAt > request.arrival {
            return .queued
        }
        sleepers -= 1
        return .wake
    }

    /// A runner has nothing to do, or is done with what it had.
    ///
    /// - Parameters:
    ///   - ended: The lane that it ran for, and how many nanoseconds that took.
    ///   - batch: Where the next requests go; empty.
    mutating func runnerBecameFree(
        at now: UInt64, ended: (lane: UInt64, nanoseconds: UInt64)?, into batch: inout [Request]
    ) -> Step {
        if let ended { lanes[ended.lane]?.ended(took: ended.nanoseconds) }
        guard let turn = nextTurn(now) else {
            if isClosed { return .end }
            sleepers += 1
            return .sleep(until: turns.compactMap { lanes[$0]?.ripeAt }.min())
        }
        let number = turns.remove(at: turn)
        let index = lane(number)
        lanes.values[index].begin(into: &batch)
        if !lanes.values[index].isEmpty { turns.append(number) }
        // Requests whose time has not come want somebody who watches it.
        guard sleepers > 0, turns.contains(where: { lanes[$0]?.isAboutToBeFree == false }) else {
            return .run(wakesAnother: false)
        }
        sleepers -= 1
        return .run(wakesAnother: true)
    }

    /// A guest has come for what it brought. A runner may have been faster.
    ///
    /// - Parameters:
    ///   - ended: Nanoseconds of the run that it has just done in this lane.
    ///   - runs: How many it has done in this lane since it came.
    ///   - batch: Where the next requests go; empty.
    mutating func guestCame(
        for number: UInt64, ended nanoseconds: UInt64?, runs: Int, into batch: inout [Request]
    ) -> GuestStep {
        guard lanes[number] != nil else { return .go }
        let index = lane(number)
        if let nanoseconds { lanes.values[index].ended(took: nanoseconds) }
        guard !lanes.values[index].isEmpty else { return .go }
        guard lanes.values[index].isForGuests, runs < Self.guestRuns else {
            // What is left is the runners' work; one that is awake comes by itself.
            guard sleepers > 0 else { return .go }
            sleepers -= 1
            return .wakeAndGo
        }
        lanes.values[index].begin(into: &batch, onlySmall: true)
        if lanes.values[index].isEmpty { turns.removeAll { $0 == number } }
        return .run
    }

    /// A runner slept for as long as it was told to.
    ///
    /// - Returns: True where somebody has decided to wake it meanwhile: that wake-up is still to be taken.
    mutating func sleepTimedOut() -> Bool {
        guard sleepers > 0 else { return true }
        sleepers -= 1
        return false
    }

    /// The model has left memory; no request holds it.
    mutating func laneClosed(_ number: UInt64) {
        lanes[number] = nil
    }

    /// No more requests come; what waits is still run.
    ///
    /// - Returns: How many runners have to be woken.
    mutating func closed() -> Int {
        isClosed = true
        defer { sleepers = 0 }
        return sleepers
    }

    private func isRipe(_ number: UInt64, _ now: UInt64) -> Bool {
        guard let ripeAt = lanes[number]?.ripeAt else { return false }
        return isClosed || ripeAt <= now
    }

    private func nextTurn(_ now: UInt64) -> Int? {
        guard let first = turns.firstIndex(where: { isRipe($0, now) }) else { return nil }
        guard let lane = lanes[turns[first]], lane.running >= max(1, runners - 1) else { return first }
        return turns[(first + 1)...].firstIndex { isRipe($0, now) } ?? first
    }

    private mutating func lane(_ number: UInt64) -> Dictionary<UInt64, RunLane<Request>>.Index {
        if let index = lanes.index(forKey: number) { return index }
        lanes[number] = RunLane()
        return lanes.index(forKey: number)!
    }
}
