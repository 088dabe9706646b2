import Foundation
import Testing

@testable import SlipwayServices

@Suite("The command that renews a proxy")
struct RenewalCommandTests {
    private static let grid = GridConfiguration(proxy: "/shared/x509up", certificates: "/shared/certificates")

    @Test("It gets its arguments as they are, and little else of the environment than where the proxy is")
    func environment() async throws {
        let command = RenewalCommand(
            .init(
                command: ["/bin/sh", "-c", #"printf '%s\n' "$@"; env | sort"#, "x", "a b", "$(id)", "*"], every: 60,
                timeout: 3600),
            grid: Self.grid, path: "/opt/bin:/usr/bin:/bin",
            environment: [
                "HOME": "/home/grid", "DATABASE_URL": "postgres://secret", "PATH": "/evil", "X509_USER_KEY": "k",
            ])
        let result = try await command.run()
        #expect(result.outcome == RenewalOutcome(end: .exited(code: 0), lastLine: result.lines.last))
        #expect(
            result.lines.filter { !$0.hasPrefix("PWD=") && !$0.hasPrefix("_=") && !$0.hasPrefix("SHLVL=") } == [
                "a b", "$(id)", "*", "HOME=/home/grid", "PATH=/opt/bin:/usr/bin:/bin",
                "X509_CERT_DIR=/shared/certificates", "X509_USER_PROXY=/shared/x509up",
            ])
    }

    @Test(
        "How it ended is told with its last line",
        arguments: [
            ("echo Creating proxy", "exit code 0, last line “Creating proxy”", RenewalOutcome.Kind.renewed),
            ("echo first; echo no such VO >&2; exit 3", "exit code 3, last line “no such VO”", .failed),
            ("exit 1", "exit code 1", .failed),
            ("kill -9 $$", "ended by signal 9", .failed),
            ("printf 'colour \\033[31m\\a off\\n\\n \\n'; exit 2", "exit code 2, last line “colour [31m off”", .failed),
        ])
    func ends(script: String, words: String, kind: RenewalOutcome.Kind) async throws {
        let outcome = try await Credentials.run(["/bin/sh", "-c", script]).outcome
        #expect(outcome.words == words)
        #expect(outcome.kind == kind)
    }

    @Test("What cannot be started is told")
    func unstartable() async throws {
        let outcome = try await Credentials.run(["/nowhere/renew-proxy"]).outcome
        #expect(outcome.kind == .failed)
        #expect(outcome.words.hasPrefix("could not be started: "), "\(outcome.words)")
    }

    @Test("One that hangs is ended when its time is over, with all that it started")
    func hangs() async throws {
        let folder = NSTemporaryDirectory() + "renewal-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let pids = folder + "/pids"
        // The child writes last: when its line is there, both run.
        let script =
            "trap '' TERM; echo $$ >'\(pids).new'; sh -c 'trap \"\" TERM; echo $$ >>\"\(pids).new\"; mv \"\(pids).new\" \"\(pids)\"; while :; do sleep 1000; done'; :"
        let command = RenewalCommand(
            .init(command: ["/bin/sh", "-c", script], every: 60, timeout: 90), grid: Self.grid, path: "/usr/bin:/bin",
            clock: EventClock { FileManager.default.fileExists(atPath: pids) })
        let outcome = try await command.run().outcome
        #expect(outcome == RenewalOutcome(end: .timedOut(seconds: 90)))
        #expect(outcome.words == "did not end within 1 min")
        let started = try String(contentsOfFile: pids, encoding: .utf8).split(separator: "\n").compactMap { pid_t($0) }
        #expect(started.count == 2)
        for pid in started {
            while kill(pid, 0) == 0, !Self.isZombie(pid) { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    private static func isZombie(_ pid: pid_t) -> Bool {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ") Z"
        return text.contains(") Z")
    }

    @Test("Of a flood of output little is kept, and of keys and certificates nothing")
    func output() async throws {
        let script = """
            head -c 2000000 /dev/zero | tr '\\0' x
            echo
            echo '-----BEGIN PRIVATE KEY-----'; echo c2VjcmV0; echo '-----END PRIVATE KEY-----'
            echo done
            echo '-----BEGIN RSA PRIVATE KEY-----'; echo c2VjcmV0
            """
        let lines = try await Credentials.run(["/bin/sh", "-c", script]).lines
        #expect(lines == [String(repeating: "x", count: 300), "done"])
        let many = try await Credentials.run(["/bin/sh", "-c", "seq 100000"]).lines
        #expect(many == (99_981...100_000).map { "\($0)" })
    }
}
