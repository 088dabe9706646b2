import Glibc
import Synchronization

/// A child process in a process group of its own, so that a terminal's interrupt does not reach it.
final class ServerProcess: Sendable {
    enum End: Equatable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    let identifier: Int32
    private let state = Mutex(State())

    private struct State {
        var end: End?
        var waiting: [@Sendable (End) -> Void] = []
    }

    /// Starts `executable` with standard output and error in `outputFile`, anew each time.
    init(executable: String, arguments: [String], outputFile: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var texts = ([executable] + arguments).map { strdup($0) }
        texts.append(nil)
        defer { for text in texts { free(text) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, executable, &actions, &attributes, texts, environ)
        guard status == 0 else {
            throw PostgresError(.embedded, "\(executable) could not be started: \(String(cString: strerror(status)))")
        }
        identifier = child
        do {
            try BlockingThread.start { self.reap() }
        } catch {
            kill(child, SIGKILL)
            waitpid(child, nil, 0)
            throw error
        }
    }

    /// How the process ended, or nil while it runs.
    var status: End? { state.withLock { $0.end } }

    /// Waits for the end without holding a thread of Swift's; a cancelled task waits no longer.
    func ended() async -> End {
        let (ends, continuation) = AsyncStream.makeStream(of: End.self)
        whenEnded { end in
            continuation.yield(end)
            continuation.finish()
        }
        for await end in ends { return end }
        return .exited(0)
    }

    /// Waits for the end. Blocks.
    func waitForEnd() -> End {
        while true {
            if let status { return status }
            usleep(5_000)
        }
    }

    /// A fast shutdown, and an immediate one when that takes too long (postgres(1), signals). Blocks.
    func stop(within limit: Duration) {
        send(SIGINT)
        if waits(until: .now + limit) { return }
        send(SIGQUIT)
        if waits(until: .now + .seconds(5)) { return }
        send(SIGKILL)
        _ = waitForEnd()
    }

    private func waits(until limit: Instant) -> Bool {
        while status == nil, Instant.now < limit { usleep(5_000) }
        return status != nil
    }

    /// Signals the process only while it is not yet reaped, so that its number cannot be another's.
    private func send(_ signal: Int32) {
        state.withLock { if $0.end == nil { kill(identifier, signal) } }
    }

    private func whenEnded(_ body: @escaping @Sendable (End) -> Void) {
        let end = state.withLock { state in
            if state.end == nil { state.waiting.append(body) }
            return state.end
        }
        if let end { body(end) }
    }

    private func reap() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        let waiting = state.withLock { state in
            var status: Int32 = 0
            while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
            // The encoding of wait(2): the low seven bits hold the signal, the next byte the exit code.
            let signal = status & 0x7f
            let end: End = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal: signal)
            state.end = end
            defer { state.waiting = [] }
            return state.waiting.map { body in { body(end) } }
        }
        for body in waiting { body() }
    }
}
