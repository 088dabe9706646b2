internal import Foundation
internal import SlipwayCore

/// Which versions are in memory, on their way in, and on their way out, under a budget: the pure part of loading.
///
/// Loads go one at a time, in the order of the first request for each, so that what the process grows by is the
/// model's. Each first gets room: models that were used least recently go, and the load waits until they have truly
/// left, their last request done.
///
/// `Model`, `Waiter` (who wants a model) and `Watcher` (who wants one gone) are opaque. Inputs return what is to be
/// done, outside any lock.
struct ModelResidency<Model: Sendable, Waiter: Sendable, Watcher: Sendable>: Sendable {
    enum Action: Sendable {
        /// Find out how large the files are, then `surveyed` or `loadFailed`.
        case survey(number: UInt64, ModelSource)
        /// Load, then `loaded` or `loadFailed`.
        case load(LoadOrder)
        case serve(Model, [Waiter])
        case refuse([Waiter], any Error)
        /// Let go of the model; `modelLeft` when its memory is free.
        case release(Model)
        /// What was to go has gone.
        case acknowledge([Watcher])
    }

    /// A model in memory that requests are sent to.
    struct Resident: Sendable {
        let number: UInt64
        let source: ModelSource
        let model: Model
        let bytes: Int64
        let loadedAt: Date
        var isPinned: Bool
        var lastUse: UInt64
    }

    /// A model on its way in.
    struct Load: Sendable {
        enum Stage: Sendable {
            case waiting
            case surveying
            /// The files' bytes are known.
            case sized(Int64)
            case loading(reserved: Int64)
            /// Loaded, and found larger than the room that was made.
            case settling(Model, bytes: Int64)
        }

        let number: UInt64
        /// Nil for a look at files that are not published.
        let key: ModelKey?
        let source: ModelSource
        var isPinned: Bool
        var waiters: [Waiter]
        var stage = Stage.waiting
        /// It has been unloaded or replaced before it was there: it serves those who wait for it, and goes.
        var isUnwanted = false
    }

    /// A model on its way out.
    struct Leaving: Sendable {
        let key: ModelKey?
        let bytes: Int64
    }

    let budget: Int64
    var residents: [ModelKey: Resident] = [:]
    /// The first is the one that is worked on.
    var line: [Load] = []
    var leaving: [UInt64: Leaving] = [:]
    /// Who waits until all of the numbers are gone.
    var departures: [(watcher: Watcher, numbers: Set<UInt64>)] = []
    var failures = LoadFailures()
    var measures = ModelMeasures()
    private var count: UInt64 = 0
    private var uses: UInt64 = 0

    /// - Parameter budget: Bytes that all models may take together.
    init(budget: Int64) {
        self.budget = budget
    }

    /// The model, if it is in memory from that source. Counts as a use.
    mutating func readyModel(_ version: ServedVersion) -> Model? {
        guard let index = residents.index(forKey: version.key), residents.values[index].source == version.source else {
            return nil
        }
        uses += 1
        residents.values[index].lastUse = uses
        if residents.values[index].isPinned != version.settings.isPinned {
            residents.values[index].isPinned = version.settings.isPinned
            failures.forgetOverBudget()
        }
        return residents.values[index].model
    }

    /// Somebody wants a version that was not ready a moment ago.
    mutating func requested(_ version: ServedVersion, by waiter: Waiter, at moment: Moment) -> [Action] {
        let (key, source) = (version.key, version.source)
        if let model = readyModel(version) { return [.serve(model, [waiter])] }
        if let index = line.firstIndex(where: { $0.key == key && $0.source == source && !$0.isUnwanted }) {
            line[index].waiters.append(waiter)
            line[index].isPinned = version.settings.isPinned
            return []
        }
        if let error = failures.error(for: source, at: moment) { return [.refuse([waiter], error)] }
        // Published anew: what is there from another source serves its requests to their end, and goes.
        let actions = depart(key)
        count += 1
        line.append(
            Load(
                number: count, key: key, source: source, isPinned: version.settings.isPinned, waiters: [waiter]))
        return actions + advance(at: moment)
    }

    /// Somebody wants to know whether files can be served that are not published.
    mutating func checkRequested(_ source: ModelSource, by waiter: Waiter, at moment: Moment) -> [Action] {
        count += 1
        line.append(Load(number: count, key: nil, source: source, isPinned: false, waiters: [waiter]))
        return advance(at: moment)
    }

    mutating func unloadRequested(_ key: ModelKey, by watcher: Watcher) -> [Action] {
        failures.forget(key)
        let actions = depart(key)
        let numbers =
            leaving.filter { $0.value.key == key }.map(\.key) + line.filter { $0.key == key }.map(\.number)
        if numbers.isEmpty { return actions + [.acknowledge([watcher])] }
        departures.append((watcher, Set(numbers)))
        return actions
    }

    /// Somebody waits until a model that was checked is gone.
    mutating func departureAwaited(_ number: UInt64, by watcher: Watcher) -> [Action] {
        guard leaving[number] != nil || line.contains(where: { $0.number == number }) else {
            return [.acknowledge([watcher])]
        }
        departures.append((watcher, [number]))
        return []
    }

    /// Nothing is sent any more to what there is of a version.
    private mutating func depart(_ key: ModelKey) -> [Action] {
        for index in line.indices where line[index].key == key { line[index].isUnwanted = true }
        return release(key)
    }

    mutating func release(_ key: ModelKey) -> [Action] {
        guard let resident = residents.removeValue(forKey: key) else { return [] }
        leaving[resident.number] = Leaving(key: key, bytes: resident.bytes)
        return [.release(resident.model)]
    }

    mutating func becameReady(_ load: Load, _ model: Model, bytes: Int64, at moment: Moment) -> [Action] {
        guard let key = load.key, !load.isUnwanted else {
            leaving[load.number] = Leaving(key: load.key, bytes: bytes)
            return [.serve(model, load.waiters), .release(model)]
        }
        uses += 1
        residents[key] = Resident(
            number: load.number, source: load.source, model: model, bytes: bytes, loadedAt: moment.date,
            isPinned: load.isPinned, lastUse: uses)
        return [.serve(model, load.waiters)]
    }
}
