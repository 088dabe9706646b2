/// Which versions are in memory or on their way there: the pure part of `ModelHost`.
///
/// `Model` and `Waiter` are opaque to it. Inputs return what is to be done, outside any lock.
struct ModelSlots<Model, Waiter> {
    private enum Phase {
        case loading([Waiter])
        case ready(Model, lastUse: UInt64)
    }

    private struct Slot {
        let source: ModelSource
        /// Tells this slot from an earlier one of the same version.
        let number: UInt64
        var phase: Phase
    }

    /// What a caller who asked for a model has to do.
    enum RequestAction {
        case use(Model)
        case load(number: UInt64)
        case wait
    }

    /// Whom to tell how a load ended, and which models to let go.
    struct LoadOutcome {
        var waiters: [Waiter] = []
        var released: [Model] = []
    }

    private let limit: Int
    private var slots: [ModelKey: Slot] = [:]
    private var clock: UInt64 = 0
    /// Waiters for loads whose slot has been taken away meanwhile: they still get that load's result.
    private var orphans: [UInt64: [Waiter]] = [:]
    /// Models whose place was taken while nobody could be handed them for release.
    private var replaced: [Model] = []

    /// - Parameter limit: How many models stay in memory.
    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// The versions in memory.
    var ready: [ModelKey] {
        slots.compactMap { key, slot in
            if case .ready = slot.phase { key } else { nil }
        }
    }

    /// The model, if it is in memory from that source.
    mutating func readyModel(_ key: ModelKey, _ source: ModelSource) -> Model? {
        guard let slot = slots[key], slot.source == source, case .ready(let model, _) = slot.phase else { return nil }
        clock += 1
        slots[key]?.phase = .ready(model, lastUse: clock)
        return model
    }

    mutating func requested(_ key: ModelKey, _ source: ModelSource, by waiter: Waiter) -> RequestAction {
        if let model = readyModel(key, source) { return .use(model) }
        clock += 1
        if let slot = slots[key] {
            switch slot.phase {
            case .loading(let waiters) where slot.source == source:
                slots[key]?.phase = .loading(waiters + [waiter])
                return .wait
            case .loading(let waiters):
                orphans[slot.number] = waiters
            case .ready(let model, _):
                replaced.append(model)
            }
        }
        slots[key] = Slot(source: source, number: clock, phase: .loading([waiter]))
        return .load(number: clock)
    }

    mutating func loaded(_ key: ModelKey, number: UInt64, _ model: Model) -> LoadOutcome {
        var outcome = LoadOutcome(released: replaced)
        replaced = []
        guard let slot = slots[key], slot.number == number, case .loading(let waiters) = slot.phase else {
            outcome.waiters = orphans.removeValue(forKey: number) ?? []
            return outcome
        }
        clock += 1
        slots[key]?.phase = .ready(model, lastUse: clock)
        outcome.waiters = waiters
        outcome.released += releaseOverLimit()
        return outcome
    }

    mutating func loadFailed(_ key: ModelKey, number: UInt64) -> LoadOutcome {
        var outcome = LoadOutcome(released: replaced)
        replaced = []
        guard let slot = slots[key], slot.number == number, case .loading(let waiters) = slot.phase else {
            outcome.waiters = orphans.removeValue(forKey: number) ?? []
            return outcome
        }
        // A failure is not kept: the next request tries again.
        slots[key] = nil
        outcome.waiters = waiters
        return outcome
    }

    mutating func unloaded(_ key: ModelKey) -> Model? {
        guard let slot = slots.removeValue(forKey: key) else { return nil }
        switch slot.phase {
        case .loading(let waiters):
            orphans[slot.number] = waiters
            return nil
        case .ready(let model, _):
            return model
        }
    }

    private mutating func releaseOverLimit() -> [Model] {
        var candidates = slots.compactMap { key, slot -> (ModelKey, UInt64, Model)? in
            if case .ready(let model, let lastUse) = slot.phase { (key, lastUse, model) } else { nil }
        }
        guard candidates.count > limit else { return [] }
        candidates.sort { $0.1 < $1.1 }
        let surplus = candidates.prefix(candidates.count - limit)
        for (key, _, _) in surplus { slots[key] = nil }
        return surplus.map(\.2)
    }
}
