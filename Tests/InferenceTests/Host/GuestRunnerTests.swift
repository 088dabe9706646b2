import SlipwayCore
import Synchronization
import Testing

@testable import Inference

@Suite("Threads that run what they bring")
struct GuestRunnerTests {
    @Test("A model whose runs are short is run by the guest, all that it brought at once")
    func together() async throws {
        let gate = Gate()
        let busy = StandInEngine.Behaviour { inputs in
            gate.pass()
            return StandInEngine.double(inputs)
        }
        try await HostFixture.with(
            ["quick": .init(), "busy": busy], runners: 1, surroundings: \.timelessSurroundings
        ) { fixture in
            let version = try fixture.version("quick")
            // The first run tells how long runs take.
            _ = try await fixture.host.infer(version, inputs: HostFixture.input([1, 1]))
            // The only runner takes note of that run before it begins another, in which it is held up from here on.
            let other = try fixture.version("busy")
            try await fixture.host.load(other)
            gate.close()
            let answers = Answers()
            fixture.host.infer(
                other, inputs: HostFixture.input([1, 1]), outputs: nil, completion: answers.taker(5))
            await gate.reached()
            _ = fixture.engine.takeRuns()
            let arranged = Counter()
            let guest = fixture.host.guest { _ in arranged.add() }
            for number in 0..<5 {
                fixture.host.infer(
                    version, inputs: HostFixture.input([Float(number), 0]), outputs: nil, guest: guest,
                    completion: answers.taker(number))
            }
            #expect(arranged.value == 1)
            #expect(fixture.engine.takeRuns() == [])
            guest.run()
            #expect(fixture.engine.takeRuns() == [5])
            guest.run()
            #expect(fixture.engine.takeRuns() == [])
            gate.open()
            let found = await answers.wait(for: 6)
            #expect(fixture.engine.takeRuns() == [])
            for number in 0..<5 { #expect(try found[number]?.get().floats == [Float(number) * 2, 0]) }
        }
    }

    @Test("A model that was never run, or runs for long, is left to the runners")
    func slow() async throws {
        let slow = StandInEngine.Behaviour { inputs in
            // Longer than it takes to wake a thread.
            let end = ContinuousClock.now + .milliseconds(2)
            while ContinuousClock.now < end {}
            return StandInEngine.double(inputs)
        }
        try await HostFixture.with(["slow": slow]) { fixture in
            let version = try fixture.version("slow")
            let arranged = Counter()
            let guest = fixture.host.guest { _ in arranged.add() }
            let answers = Answers()
            for number in 0..<20 {
                fixture.host.infer(
                    version, inputs: HostFixture.input([1, 1]), outputs: nil, guest: guest,
                    completion: answers.taker(number))
                _ = await answers.wait(for: number + 1)
            }
            #expect(arranged.value == 0)
        }
    }

    @Test("Guests and runners share the work of one model: each request is answered once, with its own rows")
    func shared() async throws {
        try await HostFixture.with { fixture in
            let version = try fixture.version("shared")
            _ = try await fixture.host.infer(version, inputs: HostFixture.input([1, 1]))
            let answers = Answers()
            await withTaskGroup { group in
                for thread in 0..<4 {
                    group.addTask {
                        let guest = fixture.host.guest { _ in }
                        for number in 0..<500 {
                            let own = thread * 500 + number
                            let input = HostFixture.input([Float(own), 1])
                            if number % 3 == 0 {
                                fixture.host.infer(version, inputs: input, outputs: nil, completion: answers.taker(own))
                            } else {
                                fixture.host.infer(
                                    version, inputs: input, outputs: nil, guest: guest,
                                    completion: answers.taker(own))
                            }
                            if number % 7 == 0 { guest.run() }
                        }
                        guest.run()
                    }
                }
            }
            let found = await answers.wait(for: 2000)
            for number in 0..<2000 { #expect(try found[number]?.get().floats == [Float(number) * 2, 2]) }
        }
    }
}

/// Counts calls from any thread.
private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func add() { count.add(1, ordering: .relaxed) }
}
