import FoundationEssentials
import Glibc

/// What a killed owner may have left running on a cluster: a postmaster, or the children of a killed one.
struct OrphanServer {
    let clusterFolder: String

    /// Stops all that works on the cluster and removes the stale lock file; true where something was running. Blocks.
    ///
    /// The caller holds the folder's lock, so nobody alive owns these processes.
    func stop() -> Bool {
        let lockFile = clusterFolder + "/postmaster.pid"
        var didStop = false
        if let postmaster = recordedPostmaster(lockFile), works(postmaster) {
            didStop = true
            kill(postmaster, SIGINT)
            if !waits(for: { !works(postmaster) }, until: .now + .seconds(15)) {
                kill(postmaster, SIGQUIT)
                _ = waits(for: { !works(postmaster) }, until: .now + .seconds(5))
            }
        }
        // Children of a killed postmaster end by themselves when they look up from their work; they must not outlive
        // it, or the new server finds their shared memory in use.
        let children = workers()
        if !children.isEmpty {
            didStop = true
            for child in children { kill(child, SIGQUIT) }
            if !waits(for: { workers().isEmpty }, until: .now + .seconds(5)) {
                for child in workers() { kill(child, SIGKILL) }
                _ = waits(for: { workers().isEmpty }, until: .now + .seconds(5))
            }
        }
        // The number in it may by now be some other process's, at which PostgreSQL would refuse to start.
        unlink(lockFile)
        return didStop
    }

    /// The first line of postmaster.pid.
    private func recordedPostmaster(_ lockFile: String) -> pid_t? {
        FileText.read(lockFile)?.split(separator: "\n").first.flatMap { pid_t($0) }.flatMap { $0 > 1 ? $0 : nil }
    }

    /// Whether a process is a PostgreSQL of this cluster: all of them have the cluster as their working folder.
    private func works(_ process: pid_t) -> Bool {
        var target = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/\(process)/cwd", &target, target.count)
        guard length > 0,
            String(decoding: target[..<length].lazy.map(UInt8.init(bitPattern:)), as: UTF8.self) == resolvedFolder
        else { return false }
        return FileText.read("/proc/\(process)/comm")?.trimmedAtEnd == "postgres"
    }

    private func workers() -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { works($0) }
    }

    private var resolvedFolder: String {
        guard let resolved = realpath(clusterFolder, nil) else { return clusterFolder }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private func waits(for condition: () -> Bool, until limit: Instant) -> Bool {
        while !condition() {
            if Instant.now >= limit { return false }
            usleep(20_000)
        }
        return true
    }
}
