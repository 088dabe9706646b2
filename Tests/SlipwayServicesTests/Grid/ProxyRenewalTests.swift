import Foundation
import Logging
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Renewing a proxy")
struct ProxyRenewalTests {
    /// Gives a lease to who asks, or to nobody.
    private struct Leases: LeaseStore {
        var isFree = true

        func heartbeat(_ server: ServerID, seconds: Double) async throws {}
        func acquire(_ name: String, for server: ServerID, seconds: Double) async throws -> Bool { isFree }
        func release(_ name: String, of server: ServerID) async throws {}
        func living(_ servers: [ServerID], within seconds: Double) async throws -> Set<ServerID> { [] }
        func leave(_ server: ServerID) async throws {}
        func ping() async throws {}
    }

    /// - Parameter script: For the shell, with the proxy's path in `$X509_USER_PROXY`.
    private static func renewal(
        _ script: String, _ credentials: Credentials, leases: Leases = Leases(), now: Date = Date()
    ) -> ProxyRenewal {
        let renewal = GridConfiguration.Renewal(command: ["/bin/sh", "-c", script], every: 3600, timeout: 3600)
        let grid = GridConfiguration(
            proxy: credentials.path("x509up"), certificates: credentials.folder, renewal: renewal)
        let bell = HintBell()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return ProxyRenewal(
            access: GridAccess(cluster: "atena02", configuration: grid, now: { now }),
            command: RenewalCommand(renewal, grid: grid, path: "/usr/bin:/bin"), every: renewal.every,
            lease: Lease("proxy/atena02", server: ServerID(), store: leases, bell: bell, logger: logger), bell: bell,
            clock: ContinuousClock(), logger: logger)
    }

    private static func copy(of path: String) -> String {
        "cp -p '\(path)' \"$X509_USER_PROXY.new\" && mv \"$X509_USER_PROXY.new\" \"$X509_USER_PROXY\"; echo made"
    }

    /// Expects the worker, after what it has to do now, to wait so many seconds.
    private static func expect(
        _ seconds: Double, _ renewal: ProxyRenewal, _ schedule: inout RenewalSchedule,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let wait = try await renewal.step(&schedule)
        #expect(wait == seconds, sourceLocation: sourceLocation)
    }

    @Test("A missing proxy is made at once, and looked after each so many seconds")
    func missing() async throws {
        try await Credentials.with { credentials in
            let renewal = Self.renewal(Self.copy(of: try await credentials.proxy("long", days: 5)), credentials)
            let before = await renewal.access.health()
            #expect(!before.isHealthy && !before.isRequired)
            #expect(before.detail.contains("does not exist"))
            var schedule = RenewalSchedule(every: 3600)
            try await Self.expect(3600, renewal, &schedule)
            let after = await renewal.access.health()
            #expect(after.name == "proxy of atena02")
            #expect(after.isHealthy, "\(after.detail)")
            #expect(after.detail.hasPrefix("lasts until "))
            #expect(renewal.access.record.count(.renewed) == 1)
            try await Self.expect(3600, renewal, &schedule)
            #expect(renewal.access.record.count(.renewed) == 1)
        }
    }

    @Test("A proxy that soon ends is replaced by a longer one")
    func short() async throws {
        try await Credentials.with { credentials in
            let end = try GridProxyFile(path: try await credentials.proxy(days: 1)).read().endsAt
            let long = try await credentials.proxy("long", days: 5)
            let renewal = Self.renewal(Self.copy(of: long), credentials, now: end.addingTimeInterval(-7199))
            #expect(await renewal.access.health().isHealthy == false)
            var schedule = RenewalSchedule(every: 3600)
            _ = try await renewal.step(&schedule)
            #expect(await renewal.access.health().isHealthy)
            #expect(try await renewal.access.check(minutes: 3 * 1440).get().endsAt > end)
        }
    }

    @Test(
        "A failure is told with its time, its exit code and its last line",
        arguments: [
            ("echo no such VO >&2; exit 4", "exit code 4, last line “no such VO”"),
            ("exit 0", "exit code 0, but: The site's proxy for remote files"),
            ("echo x >\"$X509_USER_PROXY\"; chmod 600 \"$X509_USER_PROXY\"", "holds no certificate in PEM"),
        ])
    func failures(script: String, words: String) async throws {
        try await Credentials.with { credentials in
            let now = Date(timeIntervalSince1970: 1_800_000_000)
            let renewal = Self.renewal(script, credentials, now: now)
            var schedule = RenewalSchedule(every: 3600)
            try await Self.expect(60, renewal, &schedule)
            let health = await renewal.access.health()
            #expect(!health.isHealthy && !health.isRequired)
            #expect(health.detail.contains("; the renewal of 2027-01-15T08:00:00Z failed: "), "\(health.detail)")
            #expect(health.detail.contains(words), "\(health.detail)")
            #expect(renewal.access.record.count(.failed) == 1)
            try await Self.expect(60, renewal, &schedule)
            #expect(renewal.access.record.count(.failed) == 1)
        }
    }

    @Test("The failure of a renewal shows although the proxy still lasts")
    func failureWhileValid() async throws {
        try await Credentials.with { credentials in
            try await credentials.proxy(days: 5)
            let renewal = Self.renewal("exit 9", credentials, now: Date(timeIntervalSinceNow: 7200))
            var schedule = RenewalSchedule(every: 3600)
            _ = try await renewal.step(&schedule)
            let health = await renewal.access.health()
            #expect(!health.isHealthy)
            #expect(health.detail.hasPrefix("lasts until ") && health.detail.contains("exit code 9"))
        }
    }

    @Test("The worker runs the command once it has the lease, and ends when it is told to, in the middle of a run too")
    func worker() async throws {
        try await Credentials.with { credentials in
            let begun = credentials.path("begun")
            let renewal = Self.renewal("touch '\(begun)'; sleep 1000", credentials)
            try await withThrowingTaskGroup { group in
                group.addTask { try await renewal.run() }
                while !FileManager.default.fileExists(atPath: begun) { try await Task.sleep(for: .milliseconds(5)) }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(renewal.access.record.last == nil)
        }
    }
}
