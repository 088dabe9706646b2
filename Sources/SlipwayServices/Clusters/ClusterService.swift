package import Foundation
package import SlipwayCore
import Synchronization

/// What clusters last said; answered from memory, never by a call.
package final class ClusterService: Sendable {
    private let statuses: Mutex<[String: ClusterStatus]>

    init(names: some Sequence<String>) {
        self.statuses = Mutex(Dictionary(uniqueKeysWithValues: names.map { ($0, ClusterStatus(name: $0)) }))
    }

    package func list() async -> [ClusterStatus] {
        statuses.withLock { $0.values.sorted { $0.name < $1.name } }
    }

    package func lastContact(of cluster: String) -> Date? {
        statuses.withLock { $0[cluster]?.lastContact }
    }

    /// Whether Slurm keeps accounting on this cluster; nil before it was asked.
    func hasAccounting(_ cluster: String) -> Bool? {
        statuses.withLock { $0[cluster]?.hasAccounting }
    }

    func nodes(of cluster: String) -> [ClusterStatus.NodeStatus] {
        statuses.withLock { $0[cluster]?.nodes ?? [] }
    }

    func update(_ cluster: String, _ change: (inout ClusterStatus) -> Void) {
        statuses.withLock { change(&$0[cluster, default: ClusterStatus(name: cluster)]) }
    }
}
