import Testing

@testable import Inference

@Suite("The schedule of runs")
struct RunScheduleTests {
    private struct Request: SchedulableRequest {
        var lane: UInt64
        var rows = 1
        var maximumRows = 4
        var arrival: UInt64 = 0
        var delay: UInt64 = 0
        var form = 0
        var name = ""
        var isSmall = true

        func joins(_ other: Request) -> Bool { form == other.form }
    }

    private typealias Schedule = RunSchedule<Request>

    private func take(_ schedule: inout Schedule, at now: UInt64 = 0, ended: UInt64? = nil, took: UInt64 = 1_000_000)
        -> (step: Schedule.Step, names: [String])
    {
        var batch: [Request] = []
        let step = schedule.runnerBecameFree(at: now, ended: ended.map { ($0, took) }, into: &batch)
        return (step, batch.map(\.name))
    }

    @Test(
        "runs together what waits for the same model, in order, up to the most rows",
        arguments: [
            // rows and form of each request → the runs
            ([(1, 0), (1, 0), (1, 0)], [["0", "1", "2"]]),
            ([(1, 0), (1, 0), (1, 0), (1, 0), (1, 0)], [["0", "1", "2", "3"], ["4"]]),
            ([(3, 0), (2, 0), (1, 0)], [["0", "2"], ["1"]]),
            ([(9, 0), (1, 0)], [["0"], ["1"]]),
            ([(1, 0), (1, 1), (1, 0), (1, 1)], [["0", "2"], ["1", "3"]]),
            ([(0, 0), (1, 0), (0, 0), (1, 0)], [["0"], ["1", "3"], ["2"]]),
        ] as [([(Int, Int)], [[String]])])
    func batches(requests: [(Int, Int)], runs: [[String]]) {
        var schedule = Schedule(runners: 1)
        for (number, request) in requests.enumerated() {
            #expect(
                schedule.requestArrived(Request(lane: 1, rows: request.0, form: request.1, name: "\(number)"))
                    == .queued)
        }
        var found: [[String]] = []
        var ended: UInt64?
        while case let run = take(&schedule, ended: ended), run.step == .run(wakesAnother: false) {
            found.append(run.names)
            ended = 1
        }
        #expect(found == runs)
    }

    @Test("keeps the order of a long queue of many forms")
    func longQueue() {
        var schedule = Schedule(runners: 1)
        for number in 0..<5000 {
            _ = schedule.requestArrived(Request(lane: 1, form: number % 700, name: "\(number)"))
        }
        var seen: [String] = []
        var ended: UInt64?
        while case let run = take(&schedule, ended: ended), run.step == .run(wakesAnother: false) {
            seen += run.names
            ended = 1
        }
        #expect(Set(seen).count == 5000)
        #expect(seen.count == 5000)
        #expect(seen.filter { Int($0)! % 700 == 3 }.map { Int($0)! } == Array(stride(from: 3, to: 5000, by: 700)))
    }

    @Test("lets models take turns")
    func turns() {
        var schedule = Schedule(runners: 1)
        for number in 0..<3 {
            for lane in 1...3 as ClosedRange<UInt64> {
                _ = schedule.requestArrived(Request(lane: lane, rows: 0, name: "\(lane).\(number)"))
            }
        }
        var order: [String] = []
        var ended: UInt64?
        while case let run = take(&schedule, ended: ended), run.step != .sleep(until: nil) {
            order += run.names
            ended = UInt64(run.names[0].prefix(1))
        }
        #expect(order == ["1.0", "2.0", "3.0", "1.1", "2.1", "3.1", "1.2", "2.2", "3.2"])
    }

    @Test("leaves one runner to the others while they wait, and gives all to a model that is alone")
    func share() {
        var schedule = Schedule(runners: 3)
        for number in 0..<9 { _ = schedule.requestArrived(Request(lane: 1, rows: 0, name: "slow\(number)")) }
        #expect(take(&schedule).names == ["slow0"])
        #expect(take(&schedule).names == ["slow1"])
        #expect(take(&schedule).names == ["slow2"])
        for number in 0..<3 { _ = schedule.requestArrived(Request(lane: 2, rows: 0, name: "other\(number)")) }
        // Two of three runners may be the slow model's.
        #expect(take(&schedule, ended: 1).names == ["other0"])
        #expect(take(&schedule, ended: 2).names == ["other1"])
        #expect(take(&schedule, ended: 1).names == ["slow3"])
        #expect(take(&schedule, ended: 2).names == ["other2"])
        #expect(take(&schedule, ended: 2).names == ["slow4"])
    }

    @Test("wakes a runner for each arrival, but none where the model is about to be free")
    func waking() {
        var schedule = Schedule(runners: 2)
        #expect(take(&schedule).step == .sleep(until: nil))
        #expect(take(&schedule).step == .sleep(until: nil))
        #expect(schedule.requestArrived(Request(lane: 1)) == .wake)
        #expect(take(&schedule).step == .run(wakesAnother: false))
        // Nothing is known of the run yet.
        #expect(schedule.requestArrived(Request(lane: 1)) == .wake)
        #expect(take(&schedule).step == .run(wakesAnother: false))
        #expect(take(&schedule, ended: 1, took: 20_000).step == .sleep(until: nil))
        #expect(schedule.requestArrived(Request(lane: 1)) == .queued)
        // The one that is about to be free goes to another model: somebody else is woken for what waits.
        #expect(schedule.requestArrived(Request(lane: 2)) == .wake)
        #expect(take(&schedule, ended: 1, took: 20_000).step == .run(wakesAnother: false))
        #expect(schedule.sleepers == 0)
    }

    @Test("wakes another runner when one begins and more waits")
    func passingOn() {
        var schedule = Schedule(runners: 2)
        _ = schedule.requestArrived(Request(lane: 1, name: "a"))
        _ = schedule.requestArrived(Request(lane: 2, name: "b"))
        #expect(take(&schedule).step == .run(wakesAnother: false))
        #expect(take(&schedule).step == .run(wakesAnother: false))
        #expect(take(&schedule, ended: 2).step == .sleep(until: nil))
        var other = schedule
        _ = other.requestArrived(Request(lane: 2, rows: 0))
        #expect(other.sleepers == 0)
        #expect(schedule.sleepers == 1)
    }

    @Test("waits for as long as a request allows, or until the run is full")
    func delay() {
        var schedule = Schedule(runners: 2)
        #expect(take(&schedule, at: 0).step == .sleep(until: nil))
        #expect(schedule.requestArrived(Request(lane: 1, arrival: 100, delay: 50)) == .wake)
        #expect(take(&schedule, at: 101).step == .sleep(until: 150))
        #expect(schedule.requestArrived(Request(lane: 1, arrival: 110, delay: 50)) == .queued)
        #expect(schedule.requestArrived(Request(lane: 1, arrival: 120, delay: 50)) == .queued)
        #expect(schedule.sleepTimedOut() == false)
        #expect(take(&schedule, at: 149).step == .sleep(until: 150))
        #expect(schedule.requestArrived(Request(lane: 1, arrival: 149, delay: 50)) == .wake)
        let full = take(&schedule, at: 149)
        #expect(full.names.count == 4)
        #expect(schedule.requestArrived(Request(lane: 1, arrival: 160, delay: 50)) == .queued)
        #expect(take(&schedule, at: 209).step == .sleep(until: 210))
        #expect(schedule.sleepTimedOut() == false)
        #expect(take(&schedule, at: 210).names.count == 1)
    }

    @Test("knows a wake-up that comes when the time is out as well")
    func wakeAndTimeOut() {
        var schedule = Schedule(runners: 1)
        #expect(take(&schedule).step == .sleep(until: nil))
        #expect(schedule.requestArrived(Request(lane: 1)) == .wake)
        #expect(schedule.sleepTimedOut() == true)
        #expect(take(&schedule).step == .run(wakesAnother: false))
    }

    @Test("runs what waits after it was closed, and takes no more")
    func closing() {
        var schedule = Schedule(runners: 2)
        #expect(take(&schedule).step == .sleep(until: nil))
        _ = schedule.requestArrived(Request(lane: 1, delay: 1000, name: "a"))
        #expect(take(&schedule).step == .sleep(until: 1000))
        #expect(schedule.closed() == 1)
        #expect(schedule.requestArrived(Request(lane: 1)) == .refused)
        #expect(take(&schedule).names == ["a"])
        #expect(take(&schedule, ended: 1).step == .end)
    }
}
