import Synchronization

/// Copies of what the store holds, good while its changes are followed.
///
/// Nothing is kept before following has begun, and no copy lives longer than `lifetime`, so that a connection that died
/// without a word does no harm. What was read while something changed is handed on, but not kept.
final class FollowedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        let readAt: ContinuousClock.Instant
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        /// Counts the changes: tells a read that overlapped one.
        var changes: UInt64 = 0
        var isFollowing = false
    }

    private let state = Mutex(State())
    private let lifetime: Duration
    private let limit: Int

    /// - Parameter limit: Entries above which all are let go.
    init(lifetime: Duration = .seconds(2), limit: Int = 10_000) {
        self.lifetime = lifetime
        self.limit = limit
    }

    /// The copy of a value, where there is a good one.
    func copy(of key: Key) -> Value? {
        state.withLock { state in
            guard let entry = state.entries[key], .now - entry.readAt < lifetime else { return nil }
            return entry.value
        }
    }

    /// The copy, or else what `read` finds; nil is not kept.
    func value(of key: Key, read: () async throws -> Value?) async throws -> Value? {
        if let copy = copy(of: key) { return copy }
        // The time before the read: a copy is as old as the question.
        let (readAt, changes) = (ContinuousClock.now, state.withLock { $0.changes })
        guard let value = try await read() else { return nil }
        state.withLock { state in
            guard state.isFollowing, state.changes == changes else { return }
            if state.entries.count >= limit { state.entries = [:] }
            state.entries[key] = Entry(value: value, readAt: readAt)
        }
        return value
    }

    func followingBegan() {
        state.withLock { state in
            state.isFollowing = true
            state.changes += 1
            state.entries = [:]
        }
    }

    func followingEnded() {
        state.withLock { state in
            state.isFollowing = false
            state.changes += 1
            state.entries = [:]
        }
    }

    func changed(where isConcerned: (Key) -> Bool = { _ in true }) {
        state.withLock { state in
            state.changes += 1
            state.entries = state.entries.filter { !isConcerned($0.key) }
        }
    }
}
