internal import Dispatch
internal import Foundation
internal import SlipwayCore
internal import Synchronization

extension HostCore {
    /// Takes a request in; neither blocks nor suspends.
    ///
    /// - Parameter ticket: Says whether somebody still waits for the answer.
    func infer(
        _ version: ServedVersion, inputs: [Tensor], outputs: [String]?, ticket: Awaited<Inference>?,
        guest: GuestRunner? = nil, completion: @escaping PendingInference.Completion
    ) {
        let arrival = surroundings.now()
        if let resident = state.withLock({ $0.residency.readyModel(version) }) {
            return admit(version.settings, inputs, outputs, arrival, ticket, completion, to: resident, guest)
        }
        request(version) { [self] result in
            switch result {
            case .success(let resident):
                if ticket?.isAnswered == true { return }
                admit(version.settings, inputs, outputs, arrival, ticket, completion, to: resident)
            case .failure(let error):
                fail(tallies[version.key], arrival, error, completion)
            }
        }
    }

    /// Wants a model; a load is begun where there is none.
    func request(_ version: ServedVersion, _ waiter: @escaping Waiter) {
        let moment = surroundings.moment
        perform(state.withLock { $0.residency.requested(version, by: waiter, at: moment) })
    }

    private func admit(
        _ settings: ServingSettings, _ inputs: [Tensor], _ outputs: [String]?, _ arrival: UInt64,
        _ ticket: Awaited<Inference>?, _ completion: @escaping PendingInference.Completion, to resident: Resident,
        _ guest: GuestRunner? = nil
    ) {
        let ordered: [Tensor]
        do {
            let model = resident.hosted.model
            ordered = try model.signature.ordered(inputs, ofAnyRank: model.inputsOfAnyRank)
        } catch {
            return fail(resident.tally, arrival, error, completion)
        }
        resident.resizeCache(max(0, min(settings.cacheBytes, largestCache)))
        var cacheKey: CacheKey?
        var cacheNanoseconds: UInt64 = 0
        if settings.cacheBytes > 0 {
            let start = surroundings.now()
            let key = CacheKey(source: resident.source, inputs: ordered, outputs: outputs)
            let cached = resident.cachedOutputs(key)
            cacheNanoseconds = surroundings.now() - start
            if let cached { return answer(cached, resident.tally, arrival, cacheNanoseconds, ordered, completion) }
            cacheKey = key
        }
        let mayJoin = settings.isBatched && resident.hosted.isBatchable
        let request = PendingInference(
            resident: resident, inputs: ordered, outputs: outputs, rows: mayJoin ? Batch.rows(of: ordered) : 0,
            maximumRows: max(1, settings.maximumBatchRows), arrival: arrival,
            delay: Self.nanoseconds(settings.maximumQueueDelay), cacheKey: cacheKey,
            cacheNanoseconds: cacheNanoseconds, ticket: ticket, completion: completion)
        switch state.withLock({ $0.schedule.requestArrived(request, isByGuest: guest != nil) }) {
        case .queued: break
        case .guest: guest?.wanted(for: resident.number)
        case .wake: wakeUps.signal()
        case .refused: fail(resident.tally, arrival, CancellationError(), completion)
        }
    }

    private func answer(
        _ outputs: [Tensor], _ tally: ModelTally, _ arrival: UInt64, _ cacheNanoseconds: UInt64, _ inputs: [Tensor],
        _ completion: PendingInference.Completion
    ) {
        let (end, date) = (surroundings.now(), surroundings.date())
        tally.update { statistics in
            statistics.lastInference = Int64(date.timeIntervalSince1970 * 1000)
            statistics.inferenceCount += max(1, Batch.rows(of: inputs))
            statistics.success.add(end - arrival)
            statistics.cacheHit.add(cacheNanoseconds)
        }
        completion(.success(Inference(outputs: outputs, isCached: true)))
    }

    func fail(
        _ tally: ModelTally, _ arrival: UInt64, _ error: any Error, _ completion: PendingInference.Completion
    ) {
        let end = surroundings.now()
        tally.update { $0.fail.add(end - arrival) }
        completion(.failure(error))
    }

    /// A setting in seconds, up to a minute; nonsense is none.
    private static func nanoseconds(_ seconds: Double) -> UInt64 {
        seconds > 0 ? UInt64(min(seconds, 60) * 1e9) : 0
    }
}
