internal import SlipwayCore
internal import Synchronization

extension HostCore {
    func perform(_ actions: [Residency.Action]) {
        for action in actions {
            switch action {
            case .survey(let number, let source): loader.submit { [self] in survey(number, source) }
            case .load(let order): loader.submit { [self] in load(order) }
            case .serve(let resident, let waiters): for waiter in waiters { waiter(.success(resident)) }
            case .refuse(let waiters, let error): for waiter in waiters { waiter(.failure(error)) }
            // The list of actions holds it no longer than this call takes.
            case .release: break
            case .acknowledge(let watchers): for watcher in watchers { watcher() }
            }
        }
    }

    private func survey(_ number: UInt64, _ source: ModelSource) {
        let result = Result { try VersionFiles(at: source.path).totalBytes() }
        let moment = surroundings.moment
        perform(
            state.withLock { state in
                switch result {
                case .success(let bytes): state.residency.surveyed(number, fileBytes: bytes, at: moment)
                case .failure(let error): state.residency.loadFailed(number, error, at: moment)
                }
            })
    }

    private func load(_ order: LoadOrder) {
        surroundings.trim()
        let (start, before) = (surroundings.now(), surroundings.anonymousBytes())
        let result = Result { try LoadedVersion(order.source, engines: engines) }
        surroundings.trim()
        let bytes = max(order.leastBytes, surroundings.anonymousBytes() - before)
        let moment = surroundings.moment
        switch result {
        case .success(let version):
            let tally = order.key.map { tallies[$0] } ?? ModelTally(key: ModelKey(name: "", version: ""))
            tally.update {
                $0.loads += 1
                $0.loadNanoseconds += moment.nanoseconds - start
            }
            let resident = resident(order, version, bytes, tally)
            perform(state.withLock { $0.residency.loaded(order.number, resident, bytes: bytes, at: moment) })
        case .failure(let error):
            perform(state.withLock { $0.residency.loadFailed(order.number, error, at: moment) })
        }
    }

    private func resident(_ order: LoadOrder, _ version: LoadedVersion, _ bytes: Int64, _ tally: ModelTally)
        -> Resident
    {
        // The last holder may be anybody: the runtime's freeing is the loader's work.
        let model = WatchedModel(version.model) { [weak self, loader] last in
            loader.submit { [weak self] in
                last.drop()
                tally.update { $0.unloads += 1 }
                self?.left(order.number)
            }
        }
        return Resident(
            number: order.number, source: order.source,
            hosted: HostedModel(
                model: model, platform: version.platform, companions: version.companions,
                isBatchable: version.isBatchable, memoryBytes: bytes, warmUpFailure: version.warmUpFailure),
            tally: tally)
    }

    private func left(_ number: UInt64) {
        surroundings.trim()
        let moment = surroundings.moment
        perform(
            state.withLock { state in
                state.schedule.laneClosed(number)
                return state.residency.modelLeft(number, at: moment)
            })
    }
}
