import ArgumentParser
import Foundation
import Logging
import SlipwayClient
import SlipwayCore
import SlipwayServices
import SlipwayStore

/// Retention on demand, for the operator: works on the database and the folders themselves.
struct PruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove what is older than the clusters' retention keeps it.",
        discussion: """
            A running server does this by itself every hour. What is kept how long is said in the configuration, as \
            `retention: {task_folders: 90d, logs: 365d, archives: 180d}` in a cluster; without it nothing is removed.
            """)

    @OptionGroup var options: ServerOptions
    @Flag(help: "Say what would be removed, and what stays although it is old; change nothing.") var dryRun = false
    @Option(help: "Only this cluster.") var cluster: String?
    @Flag(name: .shortAndLong, help: "Name each task and version, as --dry-run does.") var verbose = false

    func run() async throws {
        try await explaining {
            let configuration = try options.configuration()
            try check(configuration)
            guard configuration.clusters.values.contains(where: isMeant) else {
                print(cluster.map { "Cluster \($0) has no retention." } ?? "No cluster has a retention.")
                return
            }
            let session = DatabaseSession(configuration: configuration, logger: options.logger(.warning))
            let faults = try faults()
            let report = PruneReport(isDryRun: dryRun, namesAll: dryRun || verbose, policies: configuration.clusters)
            let (isDryRun, cluster) = (dryRun, cluster)
            let totals = try await session.runBesideServer { client in
                let retention = RetentionService(
                    configuration: configuration, store: SQLRetentionStore(client: client), faults: faults)
                if isDryRun { return try await retention.preview(cluster: cluster) { report.tell($0) } }
                let totals = try await retention.prune(cluster: cluster) { report.tell($0) }
                if report.namesAll { try await retention.tellKept(cluster: cluster) { report.tell($0) } }
                return totals
            }
            print(report.summary(totals), terminator: "")
        }
    }

    private func isMeant(_ candidate: ClusterConfiguration) -> Bool {
        !candidate.retention.isEmpty && (cluster == nil || cluster == candidate.name)
    }

    private func check(_ configuration: Configuration) throws {
        guard let cluster, configuration.clusters[cluster] == nil else { return }
        let names = configuration.clusters.keys.sorted().joined(separator: ", ")
        throw SlipwayError(.invalid, "There is no cluster “\(cluster)” in the configuration; there are \(names).")
    }

    private func faults() throws -> Faults {
        if let faults = Faults(environment: ProcessInfo.processInfo.environment) { return faults }
        throw SlipwayError(.invalid, "SLIPWAY_FAULT must name a point in retention's work, such as prune.removed.")
    }
}
