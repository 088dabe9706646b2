import Foundation
import SlipwayCore

extension RetentionService {
    /// Tells what `prune` would remove, and which versions stay although they are old; changes nothing.
    ///
    /// - Returns: What would be removed, by cluster and kind.
    package func preview(cluster: String?, _ tell: Listener) async throws -> [RetentionTotal] {
        var totals = try await previewEarlier(cluster: cluster, tell)
        for (name, policy) in policies where cluster == nil || cluster == name {
            for part in TaskPart.allCases {
                guard let rule = policy.rule(for: part, of: name) else { continue }
                totals.append(try await preview(rule, tell))
            }
            guard let rule = policy.versionRule(of: name) else { continue }
            totals.append(try await preview(rule, tell))
            try await tellKept(rule, tell)
        }
        return totals
    }

    /// Tells which versions are older than their cluster keeps them and stay all the same.
    package func tellKept(cluster: String?, _ tell: Listener) async throws {
        for (name, policy) in policies where cluster == nil || cluster == name {
            if let rule = policy.versionRule(of: name) { try await tellKept(rule, tell) }
        }
    }

    private func preview(_ rule: TaskRule, _ tell: Listener) async throws -> RetentionTotal {
        var total = RetentionTotal(cluster: rule.cluster, kind: rule.part.rawValue, seconds: rule.seconds)
        try await pages {
            try await store.dueTasks(rule, after: $0, limit: Self.batch)
        } each: { task in
            let folder = folders.task(task.id)
            let bytes = try await BlockingIO.run(on: .bulk) { folder.bytes(of: rule.part) }
            total.count += 1
            total.bytes += bytes
            await tell(.task(task, rule.part, bytes: bytes))
        }
        return total
    }

    private func preview(_ rule: VersionRule, _ tell: Listener) async throws -> RetentionTotal {
        var total = RetentionTotal(cluster: rule.cluster, kind: "archives", seconds: rule.seconds)
        try await pages {
            try await store.dueVersions(rule, after: $0, limit: Self.batch)
        } each: { version in
            let bytes = try await bytes(of: version)
            total.count += 1
            total.bytes += bytes
            await tell(.version(version, bytes: bytes))
        }
        return total
    }

    private func tellKept(_ rule: VersionRule, _ tell: Listener) async throws {
        try await pages {
            try await store.keptVersions(rule, after: $0, limit: Self.batch)
        } each: {
            await tell(.kept($0))
        }
    }

    private func previewEarlier(cluster: String?, _ tell: Listener) async throws -> [RetentionTotal] {
        var totals: [String: RetentionTotal] = [:]
        func count(_ cluster: String, _ bytes: Int64) {
            totals[cluster, default: RetentionTotal(cluster: cluster)].count += 1
            totals[cluster]?.bytes += bytes
        }
        try await pages {
            try await store.unfinishedTasks(cluster: cluster, after: $0?.id, limit: Self.batch)
        } each: { task in
            let folder = folders.task(task.id)
            let bytes = try await BlockingIO.run(on: .bulk) {
                task.parts.reduce(0) { $0 + folder.bytes(of: $1) }
            }
            count(task.cluster, bytes)
            await tell(.unfinishedTask(task, bytes: bytes))
        }
        try await pages {
            try await store.unfinishedVersions(cluster: cluster, after: $0, limit: Self.batch)
        } each: { version in
            let bytes = try await bytes(of: version)
            count(version.cluster, bytes)
            await tell(.unfinishedVersion(version, bytes: bytes))
        }
        return totals.values.sorted { $0.cluster < $1.cluster }
    }

    private func bytes(of version: PrunableVersion) async throws -> Int64 {
        let path = folders.version(version.version, of: version.name).path
        return try await BlockingIO.run(on: .bulk) { FolderRemoval.measure(path) }
    }

    /// Calls `each` for everything that comes page by page.
    func pages<Item>(
        _ page: (_ after: Item?) async throws -> [Item], each: (Item) async throws -> Void
    ) async throws {
        var last: Item?
        repeat {
            let items = try await page(last)
            for item in items { try await each(item) }
            last = items.last
        } while last != nil
    }
}
