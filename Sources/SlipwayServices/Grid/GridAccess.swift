import Foundation
import SlipwayCore

/// One cluster's credentials for remote files.
struct GridAccess: Sendable {
    let cluster: String
    let configuration: GridConfiguration
    let file: GridProxyFile
    let record = RenewalRecord()
    let now: @Sendable () -> Date

    /// Where nothing renews the proxy, it is pointed out when it lasts no longer than this.
    private static let noticeSeconds = 6 * 3600.0

    init(cluster: String, configuration: GridConfiguration, now: @escaping @Sendable () -> Date) {
        self.cluster = cluster
        self.configuration = configuration
        self.file = GridProxyFile(path: configuration.proxy)
        self.now = now
    }

    /// The proxy as it serves a job that begins now, or why it does not.
    ///
    /// - Throws: `CancellationError`.
    func check(minutes: Int? = nil) async throws -> Result<GridProxy, GridProxyFault> {
        let (file, now) = (file, now())
        return try await BlockingIO.run {
            Result { () throws(GridProxyFault) in try file.check(now: now, minutes: minutes) }
        }
    }

    /// Seconds that the proxy still lasts, 0 where it does not serve, and when its file was written.
    func standing() async throws -> (left: Double, writtenAt: Date?) {
        let (file, now) = (file, now())
        return try await BlockingIO.run {
            let proxy = try? file.check(now: now, minutes: nil)
            return (proxy.map { $0.endsAt.timeIntervalSince(now) } ?? 0, file.writtenAt)
        }
    }

    func health() async -> HealthCheck {
        var words: [String] = []
        var isHealthy = true
        switch try? await check() {
        case .success(let proxy):
            let left = proxy.endsAt.timeIntervalSince(now())
            let least = configuration.renewal.map { RenewalSchedule(every: $0.every).margin } ?? Self.noticeSeconds
            isHealthy = left >= least
            words.append(
                "lasts until \(GridProxyFault.text(proxy.endsAt)), \(GridProxyFault.span(left)) more"
                    + (isHealthy ? "" : "; less than \(GridProxyFault.span(least)) is left"))
        case .failure(let fault):
            isHealthy = false
            words.append(fault.sentence(path: configuration.proxy))
        case nil:
            isHealthy = false
            words.append("not looked at: the server is shutting down")
        }
        if let run = record.last, run.outcome.kind != .renewed {
            isHealthy = false
            words.append("the renewal of \(GridProxyFault.text(run.time)) failed: \(run.outcome.words)")
        }
        return HealthCheck(
            name: "proxy of \(cluster)", isHealthy: isHealthy, isRequired: false, detail: words.joined(separator: "; "))
    }
}
