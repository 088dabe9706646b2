import Foundation
import SlipwayCore

/// The credentials by which jobs read remote files.
package struct GridService: Sendable {
    let clusters: [String: ClusterConfiguration]
    /// Of the clusters that have credentials, by name.
    let accesses: [String: GridAccess]

    init(clusters: [String: ClusterConfiguration], now: @escaping @Sendable () -> Date = { Date() }) {
        self.clusters = clusters
        self.accesses = clusters.compactMapValues { cluster in
            cluster.grid.map { GridAccess(cluster: cluster.name, configuration: $0, now: now) }
        }
    }

    /// Refuses a job that reads remote files when its cluster's proxy will not last as long as the job may: to be told
    /// so now is better than to see it fail in the middle. A cluster without credentials has nothing to check, for
    /// there is storage that everybody may read.
    ///
    /// - Throws: `SlipwayError`: `unavailable` for a proxy that serves no job, `invalid` for one that ends before the
    ///   job's time limit, or the partition's where the job has none.
    func check(_ specification: TaskSpecification) async throws {
        guard specification.readsRemoteFiles, let access = accesses[specification.cluster] else { return }
        let partition = clusters[specification.cluster]?.partitions[specification.partition]
        let minutes = specification.resources.timeLimitMinutes ?? partition?.maximumMinutes
        guard case .failure(let fault) = try await access.check(minutes: minutes) else { return }
        let sentence = fault.sentence(path: access.configuration.proxy)
        switch fault {
        case .endsEarly:
            throw SlipwayError(.invalid, sentence, faults: [FieldFault(path: "files", message: sentence)])
        case .missing, .unreadable, .notRegular, .tooLarge, .exposed, .noCertificate, .noKey, .unintelligible, .early,
            .expired:
            throw SlipwayError(.unavailable, sentence)
        }
    }

    func health() async -> [HealthCheck] {
        var checks: [HealthCheck] = []
        for (_, access) in accesses.sorted(by: { $0.key < $1.key }) { checks.append(await access.health()) }
        return checks
    }
}

extension TaskSpecification {
    /// Whether the job reads files through XRootD, for which it gets the site's proxy; other jobs do not.
    var readsRemoteFiles: Bool {
        switch serverJob {
        case .workflow(let workflow): workflow.isRemote
        case .training, .prediction, nil: false
        }
    }
}
