internal import Foundation

/// When something happened: by the host's clock, for spans, and by the calendar, for people.
struct Moment: Sendable {
    let nanoseconds: UInt64
    let date: Date
}
