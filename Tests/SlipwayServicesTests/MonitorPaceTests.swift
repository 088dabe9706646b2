import Testing

@testable import SlipwayServices

@Suite("How often a cluster is looked at")
struct MonitorPaceTests {
    @Test("Quick while something changes, slower when nothing does, never below the floor")
    func quiet() {
        var pace = MonitorPace(floor: 2)
        pace.note(.changed, answeredIn: 0.01)
        #expect(pace.interval == 2)
        for _ in 0..<10 { pace.note(.unchanged, answeredIn: 0.01) }
        #expect(pace.interval == 10)
        #expect(pace.least == 2)
        pace.note(.changed, answeredIn: 0.01)
        #expect(pace.interval == 2)
        pace.note(.idle, answeredIn: 0)
        #expect(pace.interval == 30)
    }

    @Test("A controller that answers slowly is asked less, whatever changes")
    func slow() {
        var pace = MonitorPace(floor: 2)
        pace.note(.changed, answeredIn: 1.5)
        #expect(pace.least == 15)
        #expect(pace.interval == 15)
        pace.note(.changed, answeredIn: 600)
        #expect(pace.least == 60)
        pace.note(.changed, answeredIn: 0.01)
        #expect(pace.interval == 2)
    }

    @Test("A cluster's floor above all else holds")
    func floor() {
        var pace = MonitorPace(floor: 120)
        for outcome in [MonitorPace.Outcome.changed, .unchanged, .idle, .failed] {
            pace.note(outcome, answeredIn: 0.01)
            #expect(pace.interval >= 120)
            #expect(pace.least >= 120)
        }
    }

    @Test("A cluster that does not answer is asked less and less, but soon enough to see it come back")
    func failing() {
        var pace = MonitorPace(floor: 2)
        for _ in 0..<20 { pace.note(.failed, answeredIn: 0.02) }
        #expect(pace.interval == 15)
    }

    @Test("A submission that fails again and again is repeated with a growing pause")
    func submissions() {
        #expect((1...9).map { Dispatcher.pause(after: $0) } == [0, 15, 30, 60, 120, 240, 480, 600, 600])
    }
}
