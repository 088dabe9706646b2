import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore

/// Clears away what crashes left: uploads that never became tasks, versions that were staged and never published; and
/// uploaded folders that were replaced or removed, once no task needs them. A task's folder without a row is set aside, never deleted: the database may be the wrong one.
struct Janitor: Service {
    let folders: DataFolders
    let store: any TaskStore
    let models: any ModelStore
    let repository: ModelRepository
    let uploads: any FolderStore
    let retirement: FolderRetirement
    let leases: any LeaseStore
    let lease: Lease
    let server: ServerID
    /// Seconds after which what never came to an end is left over.
    let leftoverAge: Double
    let bell: HintBell
    let logger: Logger

    /// What is older was looked at before.
    private static let oldest = 8 * 86_400.0
    private static let longestInterval = 3600.0
    /// Marks a server's folder that is being removed.
    private static let removed = ".removed-"

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup { group in
                group.addTask { await lease.keep() }
                group.addTask { await sweepAgainAndAgain() }
            }
        }
    }

    private func sweepAgainAndAgain() async {
        while !Task.isCancelled {
            if lease.isHeld {
                do {
                    try await sweep()
                } catch {
                    logger.warning("clearing away failed", metadata: ["error": "\(error)"])
                }
            }
            guard await bell.wait(seconds: min(Self.longestInterval, leftoverAge)) else { return }
        }
    }

    private func sweep() async throws {
        for folder in [folders.incoming, folders.staging, folders.uploadStaging] {
            try await removeOfDeadServers(in: folder)
        }
        try await putBackOrphans()
        let (folders, age) = (folders, leftoverAge)
        let tasks = try await BlockingIO.run(on: .bulk) {
            // The id tells a task's age: no other folder is looked at.
            let now = Date()
            return OpenFolder.names(in: folders.tasks) { name in
                TaskID(name).flatMap { id in
                    age <= now.timeIntervalSince(id.createdAt) && now.timeIntervalSince(id.createdAt) <= Self.oldest
                        ? id : nil
                }
            }
        }
        for start in stride(from: 0, to: tasks.count, by: 1000) {
            try await setAsideOrphans(among: Array(tasks[start..<min(start + 1000, tasks.count)]))
        }
        let repository = repository
        try await models.abandonStale(olderThan: leftoverAge) { name, version in
            try await BlockingIO.run { repository.remove(name: name, version: version) }
        }
        let uploadRepository = retirement.repository
        try await uploads.abandonStale(olderThan: leftoverAge) { version in
            try await BlockingIO.run(on: .bulk) { try uploadRepository.remove(version) }
        }
        await retirement.run()
    }

    /// A server's uploads and staged versions end with it. Its folder is renamed before it is emptied: a server that
    /// was only paused finds nothing to go on with, and nothing that it moves elsewhere is touched.
    private func removeOfDeadServers(in parent: String) async throws {
        let names = try await BlockingIO.run { OpenFolder.names(in: parent) { $0 } }
        let servers = names.compactMap { UUID(uuidString: $0) }.map { ServerID($0) }
        let living = try await leases.living(servers, within: leftoverAge)
        for name in names {
            let id = UUID(uuidString: name).map { ServerID($0) }
            if let id, living.contains(id) || id == server { continue }
            guard id != nil || name.hasPrefix(Self.removed) else { continue }
            // A server that has only just started may not have said so yet.
            if id != nil, Self.age("\(parent)/\(name)") < leftoverAge { continue }
            try await BlockingIO.run(on: .bulk) {
                let marked = name.hasPrefix(Self.removed) ? name : Self.removed + name
                if marked != name { try DurableFiles.rename("\(parent)/\(name)", to: "\(parent)/\(marked)") }
                DurableFiles.remove("\(parent)/\(marked)")
            }
        }
    }

    /// Seconds since something was last put into a folder.
    private static func age(_ path: String) -> Double {
        var status = stat()
        guard lstat(path, &status) == 0 else { return 0 }
        return Date().timeIntervalSince1970 - Double(status.st_mtim.tv_sec)
    }

    /// A row that came after all, by a database that was restored or was the wrong one, has its folder again.
    private func putBackOrphans() async throws {
        let folders = folders
        let orphans = try await BlockingIO.run { OpenFolder.names(in: folders.orphans) { TaskID($0) } }
        guard !orphans.isEmpty else { return }
        for id in try await store.existing(orphans) {
            logger.notice("a task's folder that was set aside is put back", metadata: ["task": "\(id)"])
            try await BlockingIO.run {
                try DurableFiles.rename("\(folders.orphans)/\(id)", to: folders.task(id).path)
            }
        }
    }

    private func setAsideOrphans(among ids: [TaskID]) async throws {
        let known = try await store.existing(ids)
        let folders = folders
        for id in ids where !known.contains(id) {
            logger.notice("a task's folder without a row is set aside", metadata: ["task": "\(id)"])
            try await BlockingIO.run {
                try DurableFiles.createFolder(folders.orphans)
                try DurableFiles.rename(folders.task(id).path, to: "\(folders.orphans)/\(id)")
            }
        }
    }
}
