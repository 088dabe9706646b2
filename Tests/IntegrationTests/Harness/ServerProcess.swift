import Foundation
import Synchronization

/// The server's process: started by hand, for it outlives calls and is killed at any moment.
final class ServerProcess: Sendable {
    let pid: pid_t
    /// Its standard output.
    private let output: Int32
    private let isReaped = Mutex(false)

    /// Starts a program in a group of its own, with standard error appended to `server.log` of a folder.
    ///
    /// - Parameter environment: Added to the environment of the tests.
    init(program: String, arguments: [String], folder: String, environment: [String: String] = [:]) throws {
        // A named pipe, for an unnamed one cannot be kept from the programs that other tests start meanwhile.
        let pipe = folder + "/server.out"
        unlink(pipe)
        mkfifo(pipe, 0o600)
        let output = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard output >= 0 else { throw TestFailure("no pipe \(pipe): \(String(cString: strerror(errno)))") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, pipe, O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, folder + "/server.log", O_WRONLY | O_CREAT | O_APPEND, 0o644)
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
        var texts = ([program] + arguments).map { strdup($0) }
        texts.append(nil)
        defer { for text in texts { free(text) } }
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var entries = variables.map { strdup("\($0.key)=\($0.value)") }
        entries.append(nil)
        defer { for entry in entries { free(entry) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, program, &actions, &attributes, texts, entries)
        // The child has opened its end before this returns, so reading may wait from now on.
        _ = fcntl(output, F_SETFL, 0)
        guard status == 0 else {
            close(output)
            throw TestFailure("\(program) could not be started: \(String(cString: strerror(status)))")
        }
        pid = child
        self.output = output
    }

    deinit {
        close(output)
    }

    /// The first line that it prints; nil when it ends without one. Blocks.
    func firstLine() -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }

    /// Sends a signal, unless the process is known to have ended.
    func send(_ signal: Int32) {
        isReaped.withLock { if !$0 { _ = kill(pid, signal) } }
    }

    /// Waits for the end; nil when it does not come in time. Blocks.
    ///
    /// - Returns: The exit code, or the negative signal.
    func waitForEnd(seconds: Double) -> Int? {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            let code: Int?? = isReaped.withLock { isReaped in
                if isReaped { return .some(nil) }
                var status: Int32 = 0
                guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
                isReaped = true
                let signal = status & 0x7f
                return signal == 0 ? Int(status >> 8 & 0xff) : -Int(signal)
            }
            if let code { return code }
            if ContinuousClock.now >= end { return nil }
            usleep(5_000)
        }
    }
}
