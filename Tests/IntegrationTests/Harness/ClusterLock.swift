import Foundation

/// Who uses the cluster: many at a time, or one alone that takes parts of it away.
enum ClusterLock {
    enum Use: Sendable {
        case shared
        case exclusive
    }

    static func with<Value: Sendable>(
        _ use: Use, _ body: () async throws -> Value
    ) async throws -> Value {
        let folder = try TestEnvironment.current().serversFolder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let descriptor = open(folder + "/cluster.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw TestFailure("no lock file in \(folder)") }
        defer { close(descriptor) }
        try await Blocking.run {
            while flock(descriptor, use == .shared ? LOCK_SH : LOCK_EX) != 0 {
                guard errno == EINTR else { throw TestFailure("flock: \(String(cString: strerror(errno)))") }
            }
        }
        return try await body()
    }
}
