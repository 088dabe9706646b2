import Glibc

/// Wakes a thread that waits in poll(2): a pipe to itself.
final class Bell: Sendable {
    /// Readable when the bell has been rung.
    let descriptor: Int32
    private let mouth: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw PostgresError(.system, "no pipe could be made: \(String(cString: strerror(errno)))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (descriptor, mouth) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(mouth)
    }

    func ring() {
        var one: UInt8 = 1
        _ = write(mouth, &one, 1)
    }

    func silence() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { _ = read(descriptor, $0.baseAddress, 64) }
    }
}
