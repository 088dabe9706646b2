extension ModelResidency {
    /// What there is of each version; what serves requests comes before what goes.
    var states: [ModelKey: ModelState] {
        var states: [ModelKey: ModelState] = [:]
        for failure in failures.all { states[failure.key] = .failed(reason: "\(failure.error)", at: failure.date) }
        for model in leaving.values { if let key = model.key { states[key] = .unloading } }
        for load in line { if let key = load.key { states[key] = load.isUnwanted ? .unloading : .loading } }
        for (key, model) in residents {
            states[key] = .ready(memoryBytes: model.bytes, loadedAt: model.loadedAt, isPinned: model.isPinned)
        }
        return states
    }

    var memory: MemoryUse {
        let reserved: Int64 =
            switch line.first?.stage {
            case .loading(let reserved): reserved
            case .settling(_, let bytes): bytes
            case .waiting, .surveying, .sized, nil: 0
            }
        return MemoryUse(used: settled + reserved, budget: budget, byModel: residents.mapValues(\.bytes))
    }
}
