import Glibc

/// Says that a live process owns a folder: flock(2), which the kernel drops when the process ends, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Blocks for a second at most; throws `.embedded` where another process holds the lock.
    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw PostgresError(.embedded, "\(path) could not be opened: \(String(cString: strerror(errno)))")
        }
        guard Self.takes(descriptor) else {
            let owner = FileText.read(path)?.trimmedAtEnd ?? ""
            close(descriptor)
            let name = owner.isEmpty ? "unknown" : "pid \(owner)"
            throw PostgresError(.embedded, "another process (\(name)) runs the server in this folder: \(path)")
        }
        let text = "\(getpid())\n"
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.utf8.count, 0)
    }

    /// Tries for a second: a process that is just dying, or one between fork and exec, may hold the lock a moment
    /// longer.
    private static func takes(_ descriptor: Int32) -> Bool {
        let limit = Instant.now + .seconds(1)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if Instant.now >= limit { return false }
            usleep(20_000)
        }
        return true
    }

    deinit {
        close(descriptor)
    }
}
