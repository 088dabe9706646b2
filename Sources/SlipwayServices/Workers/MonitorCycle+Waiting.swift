import Foundation
import SlipwayCore

extension MonitorCycle {
    /// Seconds between two updates of places in the queue: each start moves all behind it.
    private static let placesInterval = 15.0
    /// A change of an expected start below so many seconds is none.
    private static let startTolerance = 60.0
    /// Places beyond are not followed.
    private static let lastPlace = 1000

    /// Puts on record, in one statement, why waiting jobs wait and when Slurm expects to start them, where it changed.
    func note(
        _ sighted: [(open: OpenAttempt, sighting: JobSighting)], places queue: Sightings, memory: inout MonitorMemory,
        at now: Date
    ) async throws {
        let isTime = now.timeIntervalSince(memory.lastPlaces) >= Self.placesInterval
        if isTime { memory.lastPlaces = now }
        var places: [Int64: Int]?
        var notes: [WaitingNote] = []
        for (open, sighting) in sighted where sighting.phase == .waiting {
            let attempt = open.attempt
            guard attempt.state == .pending || attempt.state == .running && attempt.pendingReason != nil else {
                continue
            }
            let reason = sighting.detail ?? (attempt.state == .running ? sighting.raw : nil)
            var place = attempt.queuePosition
            if isTime || place == nil {
                let all = places ?? queue.places()
                places = all
                place = all[sighting.jobID].flatMap { $0 <= Self.lastPlace ? $0 : nil }
            }
            let isNew =
                attempt.pendingReason != reason || attempt.queuePosition != place
                || Self.differ(attempt.expectedStart, sighting.expectedStart)
            guard isNew else { continue }
            notes.append(
                WaitingNote(attempt.id, reason: reason, expectedStart: sighting.expectedStart, position: place))
        }
        try await store.note(notes)
    }

    private static func differ(_ old: Date?, _ new: Date?) -> Bool {
        switch (old, new) {
        case (nil, nil): false
        case (let old?, let new?): abs(old.timeIntervalSince(new)) > startTolerance
        default: true
        }
    }
}
