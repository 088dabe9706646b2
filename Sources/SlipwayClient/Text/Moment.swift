package import Foundation

/// Times for people, in their own time zone.
package enum Moment {
    /// `2026-01-31 12:00:05`.
    package static func dateAndTime(_ date: Date, in zone: TimeZone = .current) -> String {
        date.formatted(
            Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone).year().month().day()
                .time(includingFractionalSeconds: false))
    }

    /// `12:00:05`.
    package static func time(_ date: Date, in zone: TimeZone = .current) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZone: zone).time(includingFractionalSeconds: false))
    }
}
