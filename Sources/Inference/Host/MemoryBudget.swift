internal import Foundation

/// How much memory models may take together.
package struct MemoryBudget: Sendable, Hashable {
    package let bytes: Int64

    package init(bytes: Int64) {
        self.bytes = max(0, bytes)
    }

    /// Half of what the process may use: of the machine's memory, or of the limit of its control group (a container,
    /// a batch job) where that is less.
    package static func halfOfMachine() -> MemoryBudget {
        func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
        var limits = [total(meminfo: text("/proc/meminfo") ?? "")]
        for file in limitFiles(cgroup: text("/proc/self/cgroup") ?? "") {
            limits.append(text(file).flatMap { Int64($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
        }
        return MemoryBudget(bytes: (limits.compactMap(\.self).min() ?? 4 << 30) / 2)
    }

    /// The machine's memory in bytes, from the text of proc_meminfo(5).
    static func total(meminfo: String) -> Int64? {
        let line = meminfo.split(separator: "\n").first { $0.hasPrefix("MemTotal:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }.map { $0 << 10 }
    }

    /// The files that may hold a limit of the process's control group or of one above it, from the text of
    /// `/proc/self/cgroup`, cgroups(7). A file that says `max`, or is not there, sets none.
    static func limitFiles(cgroup: String) -> [String] {
        cgroup.split(separator: "\n").flatMap { line -> [String] in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return [] }
            let isUnified = fields[0] == "0" && fields[1].isEmpty
            guard isUnified || fields[1].split(separator: ",").contains("memory") else { return [] }
            let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
            let file = isUnified ? "memory.max" : "memory.limit_in_bytes"
            var parts = fields[2].split(separator: "/")
            var files: [String] = []
            while true {
                files.append(([root] + parts.map(String.init) + [file]).joined(separator: "/"))
                if parts.isEmpty { return files }
                parts.removeLast()
            }
        }
    }
}
