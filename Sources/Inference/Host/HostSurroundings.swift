internal import CInference
internal import Dispatch
package import Foundation

/// What the host asks its machine: the time, and the memory of its own process.
package struct HostSurroundings: Sendable {
    /// Nanoseconds of a clock that only goes forward.
    package var now: @Sendable () -> UInt64
    package var date: @Sendable () -> Date
    /// Bytes of the process's memory that no file backs.
    package var anonymousBytes: @Sendable () -> Int64
    /// Gives freed memory back to the system, so that it is not taken for the next model's.
    package var trim: @Sendable () -> Void

    package init(
        now: @escaping @Sendable () -> UInt64, date: @escaping @Sendable () -> Date,
        anonymousBytes: @escaping @Sendable () -> Int64, trim: @escaping @Sendable () -> Void
    ) {
        self.now = now
        self.date = date
        self.anonymousBytes = anonymousBytes
        self.trim = trim
    }

    var moment: Moment { Moment(nanoseconds: now(), date: date()) }

    /// The machine itself.
    package static let machine = HostSurroundings(
        now: { DispatchTime.now().uptimeNanoseconds }, date: { Date() },
        anonymousBytes: {
            let text = try? String(contentsOfFile: "/proc/self/smaps_rollup", encoding: .utf8)
            return anonymous(smapsRollup: text ?? "") ?? 0
        },
        trim: { slipway_trim_memory() })

    /// Bytes, from the text of `/proc/self/smaps_rollup`, proc_pid_smaps(5).
    static func anonymous(smapsRollup text: String) -> Int64? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("Anonymous:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }.map { $0 << 10 }
    }
}
