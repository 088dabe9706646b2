import Foundation

/// What `/status` tells, with the names that the old server has.
struct TFaaSStatus: Encodable, Sendable {
    struct Memory: Encodable, Sendable {
        /// Bytes.
        var total: UInt64
        var free: UInt64
        var used: UInt64
        var usedPercent: Double

        init(total: UInt64, free: UInt64, available: UInt64) {
            (self.total, self.free) = (total, free)
            used = total - min(total, available)
            usedPercent = total == 0 ? 0 : Double(used) / Double(total) * 100
        }
    }

    struct BothMemories: Encodable, Sendable {
        var virtual: Memory
        var swap: Memory

        private enum CodingKeys: String, CodingKey {
            case virtual = "Virtual"
            case swap = "Swap"
        }
    }

    struct Load: Encodable, Sendable {
        var load1: Double
        var load5: Double
        var load15: Double
    }

    /// Threads of the process, which has no goroutines.
    var threads: Int
    var memory: BothMemories
    var load: Load
    /// Percent that each processor was busy since the machine started.
    var processors: [Double]
    /// Seconds since the process started.
    var uptime: Double
    var gets: UInt64
    var posts: UInt64

    private enum CodingKeys: String, CodingKey {
        case threads = "NGo"
        case memory = "Memory"
        case load = "Load"
        case processors = "CPU"
        case uptime = "Uptime"
        case gets = "getRequests"
        case posts = "postRequests"
    }

    /// Reads proc(5).
    static func read(counts: TFaaSCounts) -> TFaaSStatus {
        let memory = numbers(in: "/proc/meminfo").mapValues { UInt64($0) * 1024 }
        let load = text("/proc/loadavg").split(separator: " ").prefix(3).map { Double($0) ?? 0 }
        return TFaaSStatus(
            threads: Int(numbers(in: "/proc/self/status")["Threads"] ?? 0),
            memory: BothMemories(
                virtual: Memory(
                    total: memory["MemTotal"] ?? 0, free: memory["MemFree"] ?? 0,
                    available: memory["MemAvailable"] ?? 0),
                swap: Memory(
                    total: memory["SwapTotal"] ?? 0, free: memory["SwapFree"] ?? 0, available: memory["SwapFree"] ?? 0)),
            load: load.count == 3
                ? Load(load1: load[0], load5: load[1], load15: load[2]) : Load(load1: 0, load5: 0, load15: 0),
            processors: processors(), uptime: uptime(), gets: counts.gets, posts: counts.posts)
    }

    /// Lines such as `MemTotal:  16316412 kB`.
    private static func numbers(in file: String) -> [String: Double] {
        let pairs = text(file).split(separator: "\n").compactMap { line -> (String, Double)? in
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count > 1, words[0].hasSuffix(":"), let number = Double(words[1]) else { return nil }
            return (String(words[0].dropLast()), number)
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private static func processors() -> [Double] {
        text("/proc/stat").split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 5, words[0].hasPrefix("cpu"), words[0] != "cpu" else { return nil }
            let times = words.dropFirst().compactMap { Double($0) }
            let total = times.reduce(0, +)
            // The fourth is idle, the fifth waits for disks.
            return total > 0 ? (total - times[3] - times[4]) / total * 100 : 0
        }
    }

    private static func uptime() -> Double {
        // Behind the program's name, which may hold spaces, the twentieth is the start in ticks since the machine's.
        let status = text("/proc/self/stat")
        let words = status[(status.lastIndex(of: ")") ?? status.startIndex)...].split(separator: " ")
        let machine = text("/proc/uptime").split(separator: " ").first.flatMap { Double($0) } ?? 0
        guard words.count > 20, let ticks = Double(words[20]) else { return 0 }
        return machine - ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
