import Foundation

/// Servers and databases, found by the folder that their command line names.
enum OwnProcesses {
    /// Process ids of `slipway` and `postgres` that work in a folder.
    static func find(in folder: String) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { pid in
            guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
            let words = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            guard let program = words.first?.split(separator: "/").last else { return false }
            return (program == "slipway" || program == "postgres")
                && words.dropFirst().contains { $0 == folder || $0.hasPrefix(folder + "/") }
        }
    }

    /// Ends what is left, and says how many there were. Blocks.
    @discardableResult
    static func kill(in folder: String) -> Int {
        let left = find(in: folder)
        for pid in left { Glibc.kill(pid, SIGKILL) }
        while left.contains(where: { FileManager.default.fileExists(atPath: "/proc/\($0)/cwd") && isAlive($0) }) {
            usleep(10_000)
        }
        return left.count
    }

    static func isAlive(_ pid: pid_t) -> Bool {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return false }
        let text = String(decoding: data, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return false }
        return !text[end...].hasPrefix(") Z")
    }
}
