internal import SlipwayCore

extension ModelResidency {
    /// Bytes that a load asks for.
    struct Demand {
        /// It takes these at the least: more than there can be is an error.
        let least: Int64
        let wanted: Int64

        init(least: Int64, wanted: Int64) {
            self.least = least
            self.wanted = wanted
        }

        /// What was measured before; else the files' size twice, since runtimes keep weights beside what they read
        /// and in a form of their own.
        init(files: Int64, measure: Int64?) {
            let wanted = files > .max / 4 ? files : files * 2 + 1 << 20
            self.init(least: max(files, measure ?? 0), wanted: max(files, measure ?? wanted))
        }
    }

    enum Room {
        case fits(Int64)
        /// Models have to leave first; these are told to.
        case waits([Action])
        case never(InferenceError)
    }

    /// Bytes of models that are in memory, or not out of it yet.
    var settled: Int64 {
        residents.values.reduce(0) { $0 + $1.bytes } + leaving.values.reduce(0) { $0 + $1.bytes }
    }

    mutating func room(for demand: Demand) -> Room {
        let pinned = residents.values.reduce(0) { $0 + ($1.isPinned ? $1.bytes : 0) }
        let available = max(0, budget - pinned)
        guard demand.least <= available else {
            return .never(
                InferenceError(
                    .overBudget,
                    "the model takes \(megabytes(demand.least)) of memory, but models may take "
                        + "\(megabytes(budget)) together"
                        + (pinned > 0
                            ? ", of which pinned ones hold \(megabytes(pinned)): unpin one, or raise " : "; raise ")
                        + "the budget (model_memory)"))
        }
        let bytes = min(demand.wanted, available)
        var missing = settled + bytes - budget
        guard missing > 0 else { return .fits(bytes) }
        missing -= leaving.values.reduce(0) { $0 + $1.bytes }
        var actions: [Action] = []
        for (key, resident) in residents.filter({ !$0.value.isPinned }).sorted(by: {
            $0.value.lastUse < $1.value.lastUse
        })
        where missing > 0 {
            missing -= resident.bytes
            actions += release(key)
        }
        return .waits(actions)
    }

    private func megabytes(_ bytes: Int64) -> String {
        "\((bytes + 1 << 20 - 1) >> 20) MiB"
    }
}
