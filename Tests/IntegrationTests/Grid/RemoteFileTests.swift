import Foundation
import SlipwayAPI
import Testing

@Suite("Training from remote files")
struct RemoteFileTests {
    private static func settings(proxy: String, certificates: String) -> ServerSettings {
        ServerSettings(clusterLines: ["x509: {proxy: \(proxy), certificates: \(certificates)}"])
    }

    /// Runs a test with an authority, whose folder is gone afterwards.
    static func withAuthority(_ body: (GridAuthority) async throws -> Void) async throws {
        let folder = try XRootDServer.folder("grid")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(try await GridAuthority(folder: folder))
    }

    @Test("Files that only a certificate opens are read by the site's proxy, which other jobs do not see")
    func byProxy() async throws {
        try await Self.withAuthority { authority in
            let proxy = try await authority.proxy(days: 5)
            try await XRootDServer.with(.certificates(authority)) { storage in
                let settings = Self.settings(proxy: proxy, certificates: authority.certificates)
                try await withTestServer(settings) { server in
                    let sample = RemoteSample()
                    try await sample.fill(storage, environment: server.environment)
                    try await server.upload(sample.folder(storage.address), as: "luca")
                    let submitted = try await server.post("/mlaas4hep/submit", json: TrainingFolder.request("luca"))
                    #expect(submitted.status == 200, "\(submitted.text)")
                    try await server.waitForProcess("luca_1", "Exited (0)", within: .seconds(300))
                    let log = try await server.get("/mlaas4hep/logs?process_name=luca_1").text
                    #expect(log.contains("--- first pass: 20000 events"), "\(log)")

                    let look =
                        "import os\nraise SystemExit(f\"proxy {os.environ.get('X509_USER_PROXY')} "
                        + "{os.path.exists('\(proxy)')}\")\n"
                    try await server.upload(.scripted(look), as: "eve")
                    _ = try await server.post("/mlaas4hep/submit", json: TrainingFolder.request("eve"))
                    try await server.waitForProcess("eve_1", "Exited (1)")
                    let other = try await server.get("/mlaas4hep/logs?process_name=eve_1").text
                    #expect(other.contains("proxy None False"), "\(other)")
                }
            }
        }
    }

    @Test(
        "A storage server that goes away in mid-read, or is not there, is told in one sentence", arguments: Way.allCases
    )
    func lost(way: Way) async throws {
        try await XRootDServer.with { storage in
            try await withTestServer { server in
                let sample = RemoteSample(gate: way == .away ? "" : Self.gate)
                try await sample.fill(storage, environment: server.environment)
                if way == .away { try await storage.kill() }
                try await server.upload(sample.folder(storage.address), as: "luca")
                let submitted = try await server.post("/mlaas4hep/submit", json: TrainingFolder.request("luca"))
                #expect(submitted.status == 200, "\(submitted.text)")
                if way != .away {
                    try await Patience.until("the model is asked for", within: .seconds(180)) {
                        let log = try await server.get("/mlaas4hep/logs?process_name=luca_1").text
                        if log.contains("at the gate\n") { return true }
                        guard try await server.dockerStatus("luca_1").hasPrefix("Exited") else { return false }
                        throw TestFailure("luca_1 ended before its model was asked for:\n\(log)")
                    }
                    if way == .killed { try await storage.kill() } else { storage.pause() }
                    try Data().write(to: URL(fileURLWithPath: "\(server.folder)/uploads/luca/1/specs/gate"))
                }
                try await server.waitForProcess("luca_1", "Exited (1)", within: .seconds(240))
                let log = try await server.get("/mlaas4hep/logs?process_name=luca_1").text
                let words = try #require(log.split(separator: "\n").last { !$0.hasPrefix("slipway: ") })
                #expect(words.hasPrefix("slipway-train: "), "\(log)")
                #expect(words.contains("root://localhost:\(storage.port)//store/"), "\(words)")
                #expect(!log.contains("Traceback"), "\(log)")
            }
        }
    }

    enum Way: String, Sendable, CaseIterable {
        case away, killed, paused
    }

    /// Waits for the test between the first pass and the second.
    private static let gate = """
        import json, os, time
        with open(os.environ["SLIPWAY_PARAMS"]) as file:
            gate = json.load(file)["specs"] + "/gate"
        print("at the gate", flush=True)
        while not os.path.exists(gate):
            time.sleep(0.05)
        """

    /// A proxy that cannot serve, and what is said of it.
    enum Unfit: String, Sendable, CaseIterable {
        case missing, expired, short, exposed

        var words: String {
            switch self {
            case .missing: "does not exist"
            case .expired: " expired at "
            case .short: "before a job with the time limit of 24 h would"
            case .exposed: "chmod 600 mends it"
            }
        }
    }

    @Test("A proxy that cannot serve the job refuses the submission, and shows in /readyz", arguments: Unfit.allCases)
    func unfit(_ unfit: Unfit) async throws {
        try await Self.withAuthority { authority in
            var proxy = authority.path("none")
            switch unfit {
            case .missing: break
            case .expired: proxy = try await authority.proxy(days: 0)
            case .short: proxy = try await authority.proxy(days: 1)
            case .exposed:
                proxy = try await authority.proxy(days: 5)
                #expect(chmod(proxy, 0o644) == 0)
            }
            try await withTestServer(Self.settings(proxy: proxy, certificates: authority.certificates)) { server in
                try await server.upload(RemoteSample().folder("root://localhost:1"), as: "luca")
                let refused = try await server.post("/mlaas4hep/submit", json: TrainingFolder.request("luca"))
                #expect(refused.status == (unfit == .short ? 400 : 503), "\(refused.text)")
                #expect(refused.text.contains(unfit.words), "\(refused.text)")
                #expect(refused.text.contains(proxy))
                let status = try await server.get("/mlaas4hep/status_docker?process_name=luca_1")
                #expect(status.status == 404)
                let ready = try await server.get("/readyz", as: nil)
                #expect(ready.status == 200)
                #expect(ready.text.contains("proxy of \(server.environment.cluster)"))
                let seconds = try await server.metric(
                    "slipway_proxy_seconds{cluster=\"\(server.environment.cluster)\"}")
                if unfit == .short {
                    #expect((80_000...86_400).contains(seconds))
                } else {
                    #expect(seconds == 0)
                    #expect(ready.text.contains(unfit.words), "\(ready.text)")
                }
            }
        }
    }

    @Test("The operator's command makes the proxy that was missing; when it fails, /readyz and /metrics tell")
    func renewal() async throws {
        try await Self.withAuthority { authority in
            let long = try await authority.proxy("long", days: 5)
            let proxy = authority.path("x509up")
            let script =
                "if [ -e '\(authority.path("broken"))' ]; then echo no such VO >&2; exit 3; fi; "
                + "cp -p '\(long)' \\\"$X509_USER_PROXY\\\""
            let settings = ServerSettings(clusterLines: [
                "x509: {proxy: \(proxy), certificates: \(authority.certificates), "
                    + "renew: {command: [/bin/sh, -c, \"\(script)\"], every: 1h}}"
            ])
            try Data().write(to: URL(fileURLWithPath: authority.path("broken")))
            try await withTestServer(settings) { server in
                let label = "slipway_proxy_renewals_total{cluster=\"\(server.environment.cluster)\",outcome="
                try await Patience.until("the failure is counted") {
                    try await server.metric(label + "\"failed\"}") == 1
                }
                let ready = try await server.get("/readyz", as: nil)
                #expect(ready.status == 200)
                #expect(ready.text.contains("exit code 3, last line “no such VO”"), "\(ready.text)")
                #expect(server.log.contains("the proxy for remote files was not renewed"))
                try FileManager.default.removeItem(atPath: authority.path("broken"))
                try await server.stop()
                try await server.start()
                try await Patience.until("the proxy is made") { try await server.metric(label + "\"renewed\"}") == 1 }
                let after = try await server.get("/readyz", as: nil).text
                #expect(after.contains("lasts until "), "\(after)")
                #expect(!after.contains("failed: "), "\(after)")
                try await server.upload(RemoteSample().folder("root://localhost:1"), as: "luca")
                let taken = try await server.post("/mlaas4hep/submit", json: TrainingFolder.request("luca"))
                #expect(taken.status == 200, "\(taken.text)")
                try await Patience.until("luca_1 has ended", within: .seconds(180)) {
                    try await server.dockerStatus("luca_1").hasPrefix("Exited (1) ")
                }

                try Data().write(to: URL(fileURLWithPath: authority.path("broken")))
                try FileManager.default.removeItem(atPath: proxy)
                let tasks: TaskListAnswer = try await server.get("/api/v1/tasks").decoded()
                let task = try #require(tasks.tasks.first)
                let again = try await server.post("/api/v1/tasks/\(task.id)/retry")
                #expect(again.status == 503)
                #expect(again.text.contains("\(proxy), does not exist"), "\(again.text)")
                #expect(try await server.dockerStatus("luca_1").hasPrefix("Exited (1) "))
            }
        }
    }
}
