import SlipwayCore
import Testing

@testable import Inference

@Suite("The host's batching")
struct HostBatchingTests {
    @Test("runs together what waited while the runner was busy, and gives each its own rows")
    func together() async throws {
        let gate = Gate()
        try await HostFixture.with(
            [
                "m": .init {
                    gate.pass(); return StandInEngine.double($0)
                }
            ], runners: 1
        ) {
            fixture in
            let version = try fixture.version("m")
            try await fixture.host.load(version)
            _ = fixture.engine.takeRuns()
            gate.close()
            let answers = Answers()
            for number in 0..<11 {
                let rows = (0...number % 3).map { [Float(number), Float($0)] }
                let input = Tensor(name: "x", shape: [rows.count, 2], values: .float32(rows.flatMap(\.self)))
                fixture.host.infer(version, inputs: [input], outputs: nil, completion: answers.taker(number))
                if number == 0 { await gate.reached() }
            }
            gate.open()
            for (number, result) in await answers.wait(for: 11) {
                let answer = try result.get()
                let rows = (0...number % 3).map { [Float(number) * 2, Float($0) * 2] }
                #expect(answer.floats == rows.flatMap(\.self))
                #expect(answer.outputs.map(\.shape) == [[rows.count, 2]])
                #expect(!answer.isCached)
            }
            #expect(fixture.engine.takeRuns() == [1, 20])
            let statistics = try #require(fixture.host.statistics().first)
            #expect(statistics.executionCount == 2 && statistics.inferenceCount == 21 && statistics.rows == 21)
            #expect(statistics.success.count == 11 && statistics.queue.count == 11)
            #expect(statistics.computeInfer.count == 11 && statistics.computeTime.count == 11)
            #expect(statistics.rowsPerRun.counts[0] == 1 && statistics.rowsPerRun.counts[5] == 1)
            #expect(statistics.loads == 1 && statistics.lastInference > 1_600_000_000_000)
        }
    }

    @Test("runs alone what may not be run with others", arguments: [false, true])
    func apart(isFixed: Bool) async throws {
        let gate = Gate()
        var behaviour = StandInEngine.Behaviour {
            gate.pass(); return StandInEngine.double($0)
        }
        if isFixed { behaviour.inputs = [TensorSpecification(name: "x", type: .float32, shape: [1, 2])] }
        try await HostFixture.with(["m": behaviour], runners: 1) { fixture in
            let version = try fixture.version("m", settings: ServingSettings(isBatched: isFixed))
            #expect(try await fixture.host.model(version).isBatchable == !isFixed)
            _ = fixture.engine.takeRuns()
            gate.close()
            let answers = Answers()
            for number in 0..<5 {
                fixture.host.infer(
                    version, inputs: HostFixture.input([1, 2]), outputs: nil, completion: answers.taker(number))
                if number == 0 { await gate.reached() }
            }
            gate.open()
            _ = await answers.wait(for: 5)
            #expect(fixture.engine.takeRuns() == [1, 1, 1, 1, 1])
        }
    }

    @Test("lets one bad row fail alone")
    func badRow() async throws {
        let gate = Gate()
        let behaviour = StandInEngine.Behaviour { inputs in
            gate.pass()
            if case .float32(let values) = inputs[0].values, values.contains(13) {
                throw InferenceError(.failed, "13 is no number for this model")
            }
            return StandInEngine.double(inputs)
        }
        try await HostFixture.with(["m": behaviour], runners: 1) { fixture in
            let version = try fixture.version("m")
            try await fixture.host.load(version)
            _ = fixture.engine.takeRuns()
            gate.close()
            let answers = Answers()
            for number in 10..<16 {
                fixture.host.infer(
                    version, inputs: HostFixture.input([Float(number), 0]), outputs: nil,
                    completion: answers.taker(number))
                if number == 10 { await gate.reached() }
            }
            // What does not fit is told before it joins anybody.
            fixture.host.infer(
                version, inputs: HostFixture.input([1, 2, 3]), outputs: nil, completion: answers.taker(16))
            gate.open()
            for (number, result) in await answers.wait(for: 7) {
                switch number {
                case 13: #expect(throws: InferenceError(.failed, "13 is no number for this model")) { try result.get() }
                case 16:
                    let error = #expect(throws: InferenceError.self) { try result.get() }
                    #expect(error?.code == .invalidInput)
                default: #expect(try result.get().floats == [Float(number) * 2, 0])
                }
            }
            #expect(fixture.engine.takeRuns() == [1, 5, 1, 1, 1, 1, 1])
            let statistics = try #require(fixture.host.statistics().first)
            #expect(statistics.success.count == 5 && statistics.fail.count == 2)
        }
    }

    @Test("waits for others as long as the model's owner allows, and no longer than until the run is full")
    func delay() async throws {
        try await HostFixture.with(runners: 2) { fixture in
            // Longer than the test would wait for: the full run is what ends it.
            let settings = ServingSettings(maximumQueueDelay: 60, maximumBatchRows: 4)
            let version = try fixture.version("m", settings: settings)
            try await fixture.host.load(version)
            _ = fixture.engine.takeRuns()
            let answers = Answers()
            for number in 0..<4 {
                fixture.host.infer(
                    version, inputs: HostFixture.input([1, 2]), outputs: nil, completion: answers.taker(number))
            }
            _ = await answers.wait(for: 4)
            #expect(fixture.engine.takeRuns() == [4])
            let short = try fixture.version("m", settings: ServingSettings(maximumQueueDelay: 0.02))
            let answer = try await fixture.host.infer(short, inputs: HostFixture.input([1, 2]))
            #expect(answer.timing.queue >= 20_000_000)
        }
    }

    @Test("lets others pass a slow model that has all its callers waiting")
    func fairness() async throws {
        let gate = Gate()
        try await HostFixture.with(
            [
                "slow": .init {
                    gate.pass(); return StandInEngine.double($0)
                }, "quick": .init(),
            ], runners: 3
        ) {
            fixture in
            let slow = try fixture.version("slow", settings: ServingSettings(isBatched: false))
            let quick = try fixture.version("quick")
            for version in [slow, quick] { try await fixture.host.load(version) }
            gate.close()
            let answers = Answers()
            for number in 0..<2 {
                fixture.host.infer(
                    slow, inputs: HostFixture.input([1, 2]), outputs: nil, completion: answers.taker(number))
            }
            await gate.reached(by: 2)
            for number in 0..<100 {
                let answer = try await fixture.host.infer(quick, inputs: HostFixture.input([Float(number), 2]))
                #expect(answer.floats == [Float(number) * 2, 4])
            }
            gate.open()
            _ = await answers.wait(for: 2)
        }
    }

    @Test("gives with a real runtime what a run alone gives, under load")
    func equalToAlone() async throws {
        try await Runtime.withFolder { folder in
            let path = try Runtime.write(ONNXModel.arithmetic.bytes, to: folder + "/m.onnx")
            let engine = try Runtime.engine()
            // Only one of the inputs has rows to share: never batched.
            let mixed = try engine.load(
                LoadableModel(path: path, platform: ""), parameters: ModelParameters())
            #expect(!RowProbe(model: mixed, golden: nil).isRowIndependent())
            let rows = try Runtime.write(ONNXModel.softmax.bytes, to: folder + "/softmax/m.onnx")
            let alone = try engine.load(LoadableModel(path: rows, platform: ""), parameters: ModelParameters())
            let host = ModelHost(engines: [engine], budget: MemoryBudget(bytes: 1 << 40), runners: 2)
            let version = ServedVersion(
                key: ModelKey(name: "m", version: "1"), source: ModelSource(path: folder + "/softmax"))
            #expect(try await host.model(version).isBatchable)
            try await withThrowingTaskGroup { group in
                for caller in 0..<16 {
                    group.addTask {
                        for round in 0..<100 {
                            let number = Float(caller * 100 + round) / 100
                            let input = HostFixture.input([number, 1], [-number, 2])
                            let answer = try await host.infer(version, inputs: input, outputs: ["y"])
                            let wanted = try alone.infer(input, outputs: ["y"])
                            let difference = TensorDifference.first(
                                found: answer.outputs[0], wanted: wanted[0], tolerance: 1e-6)
                            #expect(difference == nil)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let statistics = try #require(host.statistics().first)
            #expect(statistics.success.count == 1600 && statistics.rows == 3200)
        }
    }
}
