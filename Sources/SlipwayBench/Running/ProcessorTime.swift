import Foundation

/// Seconds of processor time that processes have used (proc(5), `/proc/PID/stat`).
enum ProcessorTime {
    /// - Returns: Of the process alone, without its children; nil where it is gone.
    static func seconds(of process: Int32) -> Double? { fields(of: process)?.seconds }

    /// - Returns: Of the process, its living children, and its children that have ended and were waited for.
    static func secondsWithChildren(of process: Int32) -> Double {
        guard let own = fields(of: process) else { return 0 }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let children = names.compactMap { Int32($0) }.compactMap { fields(of: $0) }.filter { $0.parent == process }
        return own.seconds + own.waitedSeconds + children.reduce(0) { $0 + $1.seconds }
    }

    private struct Fields {
        var parent: Int32
        var seconds: Double
        var waitedSeconds: Double
    }

    private static func fields(of process: Int32) -> Fields? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return nil }
        // The second field, which may hold spaces, is left out: field 3 of the manual is number 0.
        let words = text[text.index(after: end)...].split(separator: " ")
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let times = (11...14).compactMap { words.indices.contains($0) ? Double(words[$0]) : nil }
        guard times.count == 4, let parent = Int32(words[1]) else { return nil }
        return Fields(
            parent: parent, seconds: (times[0] + times[1]) / ticks, waitedSeconds: (times[2] + times[3]) / ticks)
    }
}
