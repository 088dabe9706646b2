internal import Dispatch
internal import Foundation
internal import SlipwayCore
internal import Synchronization

extension HostCore {
    /// A runner's life: it sleeps only when nothing waits.
    func runUntilClosed() {
        var batch: [PendingInference] = []
        var ended: (lane: UInt64, nanoseconds: UInt64)?
        while true {
            let start = surroundings.now()
            let step = state.withLock { $0.schedule.runnerBecameFree(at: start, ended: ended, into: &batch) }
            ended = nil
            switch step {
            case .run(let wakesAnother):
                if wakesAnother { wakeUps.signal() }
                let lane = batch[0].lane
                if batch.contains(where: \.isAbandoned) { batch.removeAll(where: \.isAbandoned) }
                run(batch, since: start)
                // Requests hold their model: none may linger here while the runner sleeps.
                batch.removeAll(keepingCapacity: true)
                ended = (lane, surroundings.now() - start)
            case .sleep(until: nil):
                wakeUps.wait()
            case .sleep(let until?):
                let nanoseconds = until > start ? until - start : 0
                if wakeUps.wait(timeout: .now() + .nanoseconds(Int(nanoseconds))) == .timedOut,
                    state.withLock({ $0.schedule.sleepTimedOut() })
                {
                    wakeUps.wait()
                }
            case .end:
                return
            }
        }
    }

    /// Runs, on the caller's thread, what waits for a model, as long as runs of it are short.
    func runWaiting(for lane: UInt64) {
        var batch: [PendingInference] = []
        var ended: UInt64?
        var runs = 0
        while true {
            let step = state.withLock { state in
                state.schedule.guestCame(for: lane, ended: ended, runs: runs, into: &batch)
            }
            switch step {
            case .run: runs += 1
            case .go: return
            case .wakeAndGo:
                wakeUps.signal()
                return
            }
            let start = surroundings.now()
            if batch.contains(where: \.isAbandoned) { batch.removeAll(where: \.isAbandoned) }
            run(batch, since: start)
            batch.removeAll(keepingCapacity: true)
            ended = surroundings.now() - start
        }
    }

    private func run(_ batch: [PendingInference], since start: UInt64) {
        switch batch.count {
        case 0: return
        case 1: runAlone(batch[0], since: start)
        default: runTogether(batch, since: start)
        }
    }

    private func runAlone(_ request: PendingInference, since start: UInt64) {
        do {
            let outputs = try request.resident.hosted.model.infer(request.inputs, outputs: request.outputs)
            let end = surroundings.now()
            let run = EndedRun(start: start, joined: start, inferred: end, end: end, date: surroundings.date())
            run.count(CollectionOfOne(request), rows: max(1, Batch.rows(of: request.inputs)))
            finish(request, outputs, run)
        } catch {
            fail(request.resident.tally, request.arrival, error, request.completion)
        }
    }

    /// Where the run fails, or gives something else than a row for each, every request is run by itself: whoever is at
    /// fault fails alone.
    private func runTogether(_ batch: [PendingInference], since start: UInt64) {
        let first = batch[0]
        let inputs = Batch.joined(batch.map(\.inputs))
        let joined = surroundings.now()
        let rows = batch.map(\.rows)
        guard let outputs = try? first.resident.hosted.model.infer(inputs, outputs: first.outputs) else {
            return runEach(batch)
        }
        let inferred = surroundings.now()
        guard let parts = Batch.split(outputs, rows: rows) else { return runEach(batch) }
        let run = EndedRun(
            start: start, joined: joined, inferred: inferred, end: surroundings.now(), date: surroundings.date())
        run.count(batch, rows: rows.reduce(0, +))
        for (request, outputs) in zip(batch, parts) { finish(request, outputs, run) }
    }

    private func runEach(_ batch: [PendingInference]) {
        for request in batch { runAlone(request, since: surroundings.now()) }
    }

    private func finish(_ request: PendingInference, _ outputs: [Tensor], _ run: EndedRun) {
        let outputs = request.resident.hosted.labelled(outputs)
        if let key = request.cacheKey { request.resident.cache(outputs, for: key) }
        request.completion(.success(Inference(outputs: outputs, timing: run.timing(of: request))))
    }
}
