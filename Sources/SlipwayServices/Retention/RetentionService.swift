import Foundation
import Inference
package import SlipwayCore

/// Removes what clusters keep for a time only.
///
/// Each removal is three steps: the row says that it goes, it goes, the row says that it is gone. A run that follows a
/// crash begins with what was begun.
package struct RetentionService: Sendable {
    let folders: DataFolders
    /// Of the clusters that have one, by name.
    let policies: [(cluster: String, policy: RetentionPolicy)]
    let store: any RetentionStore
    let faults: Faults
    /// Where versions may be loaded; nil in a process that serves none.
    let host: ModelHost?

    /// What is told of each thing.
    package typealias Listener = @Sendable (RetentionFinding) async -> Void

    static let batch = 500

    /// For a process that serves no models.
    package init(configuration: Configuration, store: any RetentionStore, faults: Faults) {
        self.init(configuration: configuration, store: store, faults: faults, host: nil)
    }

    init(configuration: Configuration, store: any RetentionStore, faults: Faults, host: ModelHost?) {
        self.folders = configuration.folders
        self.policies = configuration.clusters.values.filter { !$0.retention.isEmpty }
            .map { ($0.name, $0.retention) }.sorted { $0.cluster < $1.cluster }
        self.store = store
        self.faults = faults
        self.host = host
    }

    /// Removes all that is due, of one cluster or of all.
    ///
    /// - Returns: What was removed, by cluster and kind.
    /// - Throws: `SlipwayError` where the database does not answer; `CancellationError`. What cannot be removed is told
    ///   as a `problem`.
    package func prune(cluster: String?, _ tell: Listener) async throws -> [RetentionTotal] {
        var totals = try await finishEarlier(cluster: cluster, tell)
        for (name, policy) in policies where cluster == nil || cluster == name {
            for part in TaskPart.allCases {
                guard let rule = policy.rule(for: part, of: name) else { continue }
                totals.append(try await prune(rule, tell))
            }
            guard let rule = policy.versionRule(of: name) else { continue }
            totals.append(try await prune(rule, tell))
        }
        return totals
    }

    private func prune(_ rule: TaskRule, _ tell: Listener) async throws -> RetentionTotal {
        var total = RetentionTotal(cluster: rule.cluster, kind: rule.part.rawValue, seconds: rule.seconds)
        while true {
            let begun = try await store.beginPruning(rule, limit: Self.batch)
            if !begun.isEmpty { faults.pass(.pruneRecorded) }
            for task in begun {
                guard let removed = try await finish(task, tell) else { continue }
                let bytes = removed[rule.part] ?? 0
                total.count += 1
                total.bytes += bytes
                await tell(.task(task, rule.part, bytes: bytes))
            }
            if begun.count < Self.batch { return total }
        }
    }

    private func prune(_ rule: VersionRule, _ tell: Listener) async throws -> RetentionTotal {
        var total = RetentionTotal(cluster: rule.cluster, kind: "archives", seconds: rule.seconds)
        while true {
            let begun = try await store.beginRemoval(rule, limit: Self.batch)
            if !begun.isEmpty { faults.pass(.pruneRecorded) }
            for version in begun {
                guard let bytes = try await finish(version, tell) else { continue }
                total.count += 1
                total.bytes += bytes
                await tell(.version(version, bytes: bytes))
            }
            if begun.count < Self.batch { return total }
        }
    }

    /// What a crash left, whatever the configuration says now: its row says that it goes.
    private func finishEarlier(cluster: String?, _ tell: Listener) async throws -> [RetentionTotal] {
        var totals: [String: RetentionTotal] = [:]
        func count(_ cluster: String, _ bytes: Int64) {
            totals[cluster, default: RetentionTotal(cluster: cluster)].count += 1
            totals[cluster]?.bytes += bytes
        }
        try await pages {
            try await store.unfinishedTasks(cluster: cluster, after: $0?.id, limit: Self.batch)
        } each: { task in
            guard let removed = try await finish(task, tell) else { return }
            let bytes = removed.values.reduce(0, +)
            count(task.cluster, bytes)
            await tell(.unfinishedTask(task, bytes: bytes))
        }
        try await pages {
            try await store.unfinishedVersions(cluster: cluster, after: $0, limit: Self.batch)
        } each: { version in
            guard let bytes = try await finish(version, tell) else { return }
            count(version.cluster, bytes)
            await tell(.unfinishedVersion(version, bytes: bytes))
        }
        return totals.values.sorted { $0.cluster < $1.cluster }
    }

    /// - Returns: Bytes of each part that went; nil where somebody else is at it, or something could not be removed.
    private func finish(_ task: PrunableTask, _ tell: Listener) async throws -> [TaskPart: Int64]? {
        let folder = folders.task(task.id)
        return try await told("Task \(task.id)", tell) {
            try await store.finishPruning(task.id) { parts in
                let bytes = try await Self.blocking { try folder.remove(parts, stop: $0) }
                faults.pass(.filesPruned)
                return bytes
            }
        }
    }

    private func finish(_ version: PrunableVersion, _ tell: Listener) async throws -> Int64? {
        let path = folders.version(version.version, of: version.name).path
        host?.letGo(ModelKey(name: version.name, version: "\(version.version)"))
        return try await told("Version \(version.version) of \(version.name)", tell) {
            try await store.finishRemoval(name: version.name, version: version.version) {
                let bytes = try await Self.blocking { try FolderRemoval.remove(path, stop: $0) }
                faults.pass(.filesPruned)
                return bytes
            }
        }
    }

    /// What lies badly on disk stops nothing else; a database that is away stops everything.
    private func told<Value>(
        _ what: String, _ tell: Listener, _ body: () async throws -> Value?
    ) async throws -> Value? {
        try Task.checkCancellation()
        do {
            return try await body()
        } catch let error as SlipwayError where error.code == .internal {
            await tell(.problem("\(what) could not be removed: \(error.message)"))
            return nil
        }
    }

    private static func blocking<Value: Sendable>(
        _ body: @escaping @Sendable (StopSign) throws -> Value
    ) async throws -> Value {
        let stop = StopSign()
        return try await withTaskCancellationHandler {
            try await BlockingIO.run(on: .bulk) { try body(stop) }
        } onCancel: {
            stop.raise()
        }
    }
}
