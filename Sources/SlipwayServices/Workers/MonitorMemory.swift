import Foundation
import SlipwayCore

/// What the Monitor remembers from cycle to cycle; losing it costs time, never truth.
struct MonitorMemory {
    /// Successful answers of both witnesses that did not know the job.
    struct Misses {
        var count: Int
        var since: Date
    }

    var lastLook = Date.distantPast
    var lastDescription = Date.distantPast
    var lastSearchForLost = Date.distantPast
    var lastAccounting = Date.distantPast
    var lastPlaces = Date.distantPast
    var misses: [Attempt.ID: Misses] = [:]
    /// Attempts whose job the last answer of squeue did not show.
    var absent: Set<Attempt.ID> = []
    /// When a search first ended without a job for a claim.
    var searches: [AttemptClaim: Date] = [:]
    /// Whether accounting was last asked for jobs by their time, because some had no id.
    var wasAskedByTime = false
    var cancelled: [Attempt.ID: Date] = [:]

    /// Forgets attempts that are no longer open.
    mutating func keep(_ open: some Sequence<Attempt.ID>) {
        guard !(misses.isEmpty && cancelled.isEmpty && searches.isEmpty && absent.isEmpty) else { return }
        let ids = Set(open)
        absent.formIntersection(ids)
        searches = searches.filter { ids.contains($0.key.attempt) }
        misses = misses.filter { ids.contains($0.key) }
        cancelled = cancelled.filter { ids.contains($0.key) }
    }

    /// Counts an answer that did not know a job.
    mutating func miss(_ id: Attempt.ID, at now: Date) -> Misses {
        var misses = misses[id] ?? Misses(count: 0, since: now)
        misses.count += 1
        self.misses[id] = misses
        return misses
    }
}
