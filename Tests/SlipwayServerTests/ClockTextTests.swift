import Foundation
import Testing

@testable import SlipwayServer

@Suite("The time in answers")
struct ClockTextTests {
    @Test("is what HTTP calls a date, of now")
    func now() throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let date = try #require(formatter.date(from: ClockText().now))
        #expect(abs(date.timeIntervalSinceNow) < 60)
    }
}
