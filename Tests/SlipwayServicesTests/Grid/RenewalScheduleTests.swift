import Foundation
import Testing

@testable import SlipwayServices

@Suite("When a proxy is renewed")
struct RenewalScheduleTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let hour = 3600.0

    private static func at(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    @Test(
        "After a start it is the file's age that counts, unless the proxy soon ends or does not serve",
        arguments: [
            // left, age of the file, wait
            (96.0, 0.0, 6.0), (96, 2, 4), (96, 6, 0), (96, 50, 0), (12, 0, 6), (11.9, 0, 0), (0, 0, 0), (96, -5, 6),
        ])
    func begin(left: Double, age: Double, wait: Double) {
        let schedule = RenewalSchedule(every: 6 * Self.hour)
        #expect(
            schedule.wait(now: Self.start, left: left * Self.hour, writtenAt: Self.at(-age * Self.hour))
                == wait * Self.hour)
    }

    @Test("A proxy that is missing is made at once")
    func missing() {
        #expect(RenewalSchedule(every: 21_600).wait(now: Self.start, left: 0, writtenAt: nil) == 0)
    }

    @Test("After a renewal it waits its time, and yet makes anew what was removed")
    func renewed() {
        var schedule = RenewalSchedule(every: 6 * Self.hour)
        schedule.ended(at: Self.start, isRenewed: true, left: 96 * Self.hour)
        #expect(schedule.wait(now: Self.at(10), left: 95 * Self.hour, writtenAt: Self.start) == 6 * Self.hour - 10)
        #expect(schedule.wait(now: Self.at(10), left: 0, writtenAt: nil) == 0)
        #expect(schedule.wait(now: Self.at(7 * Self.hour), left: 89 * Self.hour, writtenAt: Self.start) == 0)
    }

    @Test("A command that can make none but short ones runs no more often than it should")
    func short() {
        var schedule = RenewalSchedule(every: 6 * Self.hour)
        schedule.ended(at: Self.start, isRenewed: true, left: 8 * Self.hour)
        #expect(schedule.wait(now: Self.at(60), left: 7.9 * Self.hour, writtenAt: Self.start) == 6 * Self.hour - 60)
    }

    @Test("What fails is tried again after one, two, four minutes, and so on up to its time")
    func failures() {
        var schedule = RenewalSchedule(every: 6 * Self.hour)
        var waits: [Double] = []
        for _ in 0..<11 {
            schedule.ended(at: Self.start, isRenewed: false, left: 0)
            waits.append(schedule.wait(now: Self.start, left: 0, writtenAt: nil) / 60)
            #expect(schedule.wait(now: Self.start, left: 96 * Self.hour, writtenAt: nil) / 60 == waits.last)
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360])
        schedule.ended(at: Self.start, isRenewed: true, left: 96 * Self.hour)
        schedule.ended(at: Self.start, isRenewed: false, left: 96 * Self.hour)
        #expect(schedule.wait(now: Self.start, left: 0, writtenAt: nil) == 60)
    }

    @Test("A clock that was set back makes nobody wait longer than the time between two runs")
    func clockSetBack() {
        var schedule = RenewalSchedule(every: 60)
        schedule.ended(at: Self.start, isRenewed: true, left: 1000)
        #expect(schedule.wait(now: Self.at(-1_000_000), left: 1000, writtenAt: Self.start) == 60)
    }
}
