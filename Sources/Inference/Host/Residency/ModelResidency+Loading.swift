extension ModelResidency {
    mutating func surveyed(_ number: UInt64, fileBytes: Int64, at moment: Moment) -> [Action] {
        guard line.first?.number == number else { return [] }
        line[0].stage = .sized(fileBytes)
        return advance(at: moment)
    }

    /// - Parameter bytes: What the process grew by, or the order's least where that is more.
    mutating func loaded(_ number: UInt64, _ model: Model, bytes: Int64, at moment: Moment) -> [Action] {
        guard let load = line.first, load.number == number, case .loading(let reserved) = load.stage else { return [] }
        failures.forget(load.source)
        // What the process does besides is in every measure: against one that is known, a new one has to be far off to
        // be believed at once.
        let isKnown = measures[load.source] != nil
        measures.measured(load.source, bytes)
        let bytes = isKnown && bytes <= reserved * 2 ? reserved : bytes
        guard bytes > reserved else {
            line.removeFirst()
            return becameReady(load, model, bytes: bytes, at: moment) + advance(at: moment)
        }
        line[0].stage = .settling(model, bytes: bytes)
        return advance(at: moment)
    }

    mutating func loadFailed(_ number: UInt64, _ error: any Error, at moment: Moment) -> [Action] {
        guard let load = line.first, load.number == number else { return [] }
        line.removeFirst()
        if let key = load.key { failures.failed(key, load.source, error, at: moment) }
        return [.refuse(load.waiters, error)] + gone(number) + advance(at: moment)
    }

    /// A model that was released is out of memory.
    mutating func modelLeft(_ number: UInt64, at moment: Moment) -> [Action] {
        leaving[number] = nil
        failures.forgetOverBudget()
        return gone(number) + advance(at: moment)
    }

    private mutating func gone(_ number: UInt64) -> [Action] {
        for index in departures.indices { departures[index].numbers.remove(number) }
        let ended = departures.filter(\.numbers.isEmpty).map(\.watcher)
        guard !ended.isEmpty else { return [] }
        departures.removeAll(where: \.numbers.isEmpty)
        return [.acknowledge(ended)]
    }

    /// Works on the first load until it has to wait for something.
    mutating func advance(at moment: Moment) -> [Action] {
        var actions: [Action] = []
        while let load = line.first {
            let demand: Demand
            switch load.stage {
            case .surveying, .loading:
                return actions
            case .waiting:
                line[0].stage = .surveying
                return actions + [.survey(number: load.number, load.source)]
            case .sized(let files):
                demand = Demand(files: files, measure: measures[load.source])
            case .settling(_, let bytes):
                demand = Demand(least: bytes, wanted: bytes)
            }
            switch room(for: demand) {
            case .waits(let released):
                return actions + released
            case .never(let error):
                line.removeFirst()
                // A measure may have been somebody else's doing: the next try finds out anew.
                measures.forget(load.source)
                if let key = load.key { failures.failed(key, load.source, error, at: moment) }
                actions.append(.refuse(load.waiters, error))
                if case .settling(let model, let bytes) = load.stage {
                    leaving[load.number] = Leaving(key: load.key, bytes: bytes)
                    actions.append(.release(model))
                } else {
                    actions += gone(load.number)
                }
            case .fits(let bytes):
                if case .settling(let model, _) = load.stage {
                    line.removeFirst()
                    actions += becameReady(load, model, bytes: bytes, at: moment)
                } else {
                    line[0].stage = .loading(reserved: bytes)
                    let order = LoadOrder(
                        number: load.number, key: load.key, source: load.source, leastBytes: demand.least)
                    return actions + [.load(order)]
                }
            }
        }
        return actions
    }
}
