import Foundation
import SlipwayCore
import Testing

@testable import Inference

@Suite("What is in memory")
struct ModelResidencyTests {
    private typealias Residency = ModelResidency<String, String, String>
    private static let mebibyte: Int64 = 1 << 20

    private func version(_ name: String, source: String? = nil, isPinned: Bool = false) -> ServedVersion {
        ServedVersion(
            key: ModelKey(name: name, version: "1"), source: ModelSource(path: "/\(name)", sha256: source),
            settings: ServingSettings(isPinned: isPinned))
    }

    private func moment(_ seconds: Double = 0) -> Moment {
        Moment(nanoseconds: UInt64(seconds * 1e9), date: Date(timeIntervalSince1970: seconds))
    }

    /// Brings a model in, whose files take half of what it takes itself.
    @discardableResult
    private func load(
        _ residency: inout Residency, _ name: String, megabytes: Int64, isPinned: Bool = false
    ) -> [String] {
        var said = described(
            residency.requested(version(name, isPinned: isPinned), by: "want " + name, at: moment()))
        guard let number = residency.line.last?.number else { return said }
        said += described(
            residency.surveyed(number, fileBytes: (megabytes - 1) * Self.mebibyte / 2, at: moment()))
        guard case .loading = residency.line.first?.stage else { return said }
        return said + described(residency.loaded(number, name, bytes: megabytes * Self.mebibyte, at: moment()))
    }

    private func described(_ actions: [Residency.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .survey(_, let source): "survey \(source.path)"
            case .load(let order): "load \(order.source.path)"
            case .serve(let model, let waiters): "serve \(model) to \(waiters.joined(separator: ", "))"
            case .refuse(let waiters, let error): "refuse \(waiters.joined(separator: ", ")): \(error)"
            case .release(let model): "release \(model)"
            case .acknowledge(let watchers): "acknowledge \(watchers.joined(separator: ", "))"
            }
        }
    }

    @Test("surveys, loads once for all who ask, and serves them in their order")
    func sharedLoad() {
        var residency = Residency(budget: 100 * Self.mebibyte)
        #expect(described(residency.requested(version("a"), by: "1", at: moment())) == ["survey /a"])
        #expect(residency.requested(version("a"), by: "2", at: moment()).isEmpty)
        #expect(described(residency.surveyed(1, fileBytes: 10 * Self.mebibyte, at: moment())) == ["load /a"])
        #expect(residency.memory.used == 21 * Self.mebibyte)
        #expect(residency.requested(version("a"), by: "3", at: moment()).isEmpty)
        #expect(residency.states == [version("a").key: .loading])
        #expect(
            described(residency.loaded(1, "A", bytes: 12 * Self.mebibyte, at: moment())) == ["serve A to 1, 2, 3"])
        #expect(residency.readyModel(version("a")) == "A")
        #expect(residency.memory.used == 12 * Self.mebibyte)
        #expect(
            residency.states == [
                version("a").key: .ready(
                    memoryBytes: 12 * Self.mebibyte, loadedAt: moment().date, isPinned: false)
            ])
    }

    @Test("lets the least recently used go, and waits until they have left")
    func makingRoom() {
        var residency = Residency(budget: 30 * Self.mebibyte)
        for name in ["a", "b", "c"] { load(&residency, name, megabytes: 10) }
        _ = residency.readyModel(version("a"))
        #expect(load(&residency, "d", megabytes: 10) == ["survey /d", "release b"])
        #expect(residency.readyModel(version("b")) == nil)
        // Nothing happens before b has left, and then all that had to wait does.
        #expect(residency.requested(version("d"), by: "more", at: moment()).isEmpty)
        #expect(residency.memory.used == 30 * Self.mebibyte)
        #expect(described(residency.modelLeft(2, at: moment())) == ["load /d"])
        #expect(
            described(residency.loaded(4, "d", bytes: 10 * Self.mebibyte, at: moment()))
                == ["serve d to want d, more"])
        #expect(Set(residency.residents.keys.map(\.name)) == ["a", "c", "d"])
    }

    @Test("makes room again for a model that is larger than it looked, before anybody uses it")
    func largerThanExpected() {
        var residency = Residency(budget: 30 * Self.mebibyte)
        for name in ["a", "b"] { load(&residency, name, megabytes: 10) }
        _ = residency.requested(version("c"), by: "c", at: moment())
        #expect(described(residency.surveyed(3, fileBytes: 0, at: moment())) == ["load /c"])
        #expect(described(residency.loaded(3, "c", bytes: 15 * Self.mebibyte, at: moment())) == ["release a"])
        #expect(residency.readyModel(version("c")) == nil)
        #expect(described(residency.modelLeft(1, at: moment())) == ["serve c to c"])
        // Next time it is known.
        _ = residency.unloadRequested(version("c").key, by: "")
        _ = residency.modelLeft(3, at: moment())
        _ = residency.requested(version("c"), by: "c", at: moment())
        _ = residency.surveyed(4, fileBytes: 0, at: moment())
        #expect(residency.memory.used == 25 * Self.mebibyte)
    }

    @Test("refuses what can never fit, with need, budget and pins, also when that is found out late")
    func overBudget() throws {
        var residency = Residency(budget: 30 * Self.mebibyte)
        load(&residency, "pinned", megabytes: 20, isPinned: true)
        _ = residency.requested(version("big"), by: "big", at: moment())
        let refusal = described(residency.surveyed(2, fileBytes: 11 * Self.mebibyte, at: moment()))
        #expect(refusal.count == 1)
        for part in ["refuse big", "11 MiB", "30 MiB", "pinned ones hold 20 MiB"] {
            #expect(refusal.joined().contains(part), "\(refusal)")
        }
        // A guess beyond the room is no reason to refuse: a measure is.
        _ = residency.requested(version("maybe"), by: "maybe", at: moment())
        #expect(
            described(residency.surveyed(3, fileBytes: 9 * Self.mebibyte, at: moment())) == ["load /maybe"])
        let late = described(residency.loaded(3, "maybe", bytes: 12 * Self.mebibyte, at: moment()))
        #expect(late.count == 2 && late[0].contains("12 MiB") && late[1] == "release maybe", "\(late)")
        // The refusal is given again for a while, until there may be more room.
        #expect(described(residency.requested(version("big"), by: "x", at: moment())).first?.contains("11 MiB") == true)
        _ = residency.readyModel(version("pinned", isPinned: false))
        #expect(described(residency.requested(version("big"), by: "x", at: moment())) == ["survey /big"])
        #expect(described(residency.surveyed(4, fileBytes: 11 * Self.mebibyte, at: moment())) == ["release pinned"])
    }

    @Test("replaces a version that is published anew, and lets the old one go")
    func replacing() {
        var residency = Residency(budget: 100 * Self.mebibyte)
        load(&residency, "a", megabytes: 10)
        let new = version("a", source: "new")
        #expect(residency.readyModel(new) == nil)
        #expect(described(residency.requested(new, by: "new", at: moment())) == ["release a", "survey /a"])
        _ = residency.surveyed(2, fileBytes: 1, at: moment())
        // Newer still: the one that is being loaded serves those who asked for it, and goes.
        #expect(residency.requested(version("a", source: "newer"), by: "newer", at: moment()).isEmpty)
        #expect(
            described(residency.loaded(2, "A2", bytes: 1, at: moment()))
                == ["serve A2 to new", "release A2", "survey /a"])
        #expect(residency.states == [new.key: .loading])
    }

    @Test("tells who unloads a version when all of it has left")
    func unloading() {
        var residency = Residency(budget: 100 * Self.mebibyte)
        #expect(described(residency.unloadRequested(version("a").key, by: "0")) == ["acknowledge 0"])
        load(&residency, "a", megabytes: 10)
        #expect(described(residency.unloadRequested(version("a").key, by: "1")) == ["release a"])
        #expect(residency.states == [version("a").key: .unloading])
        _ = residency.requested(version("a"), by: "again", at: moment())
        #expect(residency.unloadRequested(version("a").key, by: "2").isEmpty)
        #expect(described(residency.modelLeft(1, at: moment())) == ["acknowledge 1"])
        #expect(described(residency.surveyed(2, fileBytes: 1, at: moment())) == ["load /a"])
        #expect(
            described(residency.loaded(2, "A2", bytes: 1, at: moment())) == ["serve A2 to again", "release A2"])
        #expect(described(residency.modelLeft(2, at: moment())) == ["acknowledge 2"])
        #expect(residency.states.isEmpty)
        #expect(residency.memory.used == 0)
    }

    @Test("leaves nothing of a look at files that are not published")
    func checking() {
        var residency = Residency(budget: 100 * Self.mebibyte)
        #expect(
            described(residency.checkRequested(ModelSource(path: "/s"), by: "check", at: moment())) == ["survey /s"])
        _ = residency.surveyed(1, fileBytes: 1, at: moment())
        #expect(
            described(residency.loaded(1, "S", bytes: 9, at: moment())) == ["serve S to check", "release S"])
        #expect(residency.memory.used == 9)
        #expect(residency.departureAwaited(1, by: "gone").isEmpty)
        #expect(described(residency.modelLeft(1, at: moment())) == ["acknowledge gone"])
        #expect(residency.states.isEmpty && residency.memory.used == 0)
    }

    @Test("gives a failure again for 1 s, 2 s, 4 s, … a minute, and tries again after that")
    func backOff() {
        var residency = Residency(budget: 100 * Self.mebibyte)
        var now = 0.0
        for (number, pause) in ([1, 2, 4, 8, 16, 32, 60, 60, 60] as [Double]).enumerated() {
            #expect(described(residency.requested(version("a"), by: "1", at: moment(now))) == ["survey /a"])
            _ = residency.requested(version("a"), by: "2", at: moment(now))
            #expect(
                described(
                    residency.loadFailed(
                        UInt64(number + 1), InferenceError(.loadFailed, "broken"), at: moment(now)))
                    == ["refuse 1, 2: broken"])
            #expect(
                residency.states == [
                    version("a").key: .failed(reason: "broken", at: moment(now).date)
                ])
            let before = described(residency.requested(version("a"), by: "3", at: moment(now + pause - 0.01)))
            #expect(before == ["refuse 3: broken"])
            // Another source of the same version is another matter.
            if number == 0 {
                var other = residency
                #expect(
                    described(other.requested(version("a", source: "new"), by: "4", at: moment(now))) == ["survey /a"])
            }
            now += pause
        }
        _ = residency.unloadRequested(version("a").key, by: "")
        #expect(described(residency.requested(version("a"), by: "5", at: moment(now - 30))) == ["survey /a"])
    }
}
