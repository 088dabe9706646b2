import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore

/// Clears away what crashes left: uploads that never became tasks, versions that were staged and never published. A
/// task's folder without a row is set aside, never deleted: the database may be the wrong one.
struct Janitor: Service {
    let folders: DataFolders
    let store: any TaskStore
    let models: any ModelStore
    let repository: ModelRepository
    let leases: any LeaseStore
    let server: ServerID
    let logger: Logger

    /// Younger things may still be on their way, here or on another server.
    private static let age = 86_400.0
    /// What is older was looked at before.
    private static let oldest = age * 8
    private static let interval = 3600.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                do {
                    if try await leases.acquire("janitor", for: server, seconds: Self.interval) { try await sweep() }
                } catch {
                    logger.warning("clearing away failed", metadata: ["error": "\(error)"])
                }
                // Ends by cancellation when the server stops.
                try? await Task.sleep(for: .seconds(Self.interval))
            }
        }
    }

    private func sweep() async throws {
        let folders = folders
        let tasks = try await BlockingIO.run {
            for folder in [folders.incoming, folders.staging] {
                for entry in Self.entries(of: folder) where Self.isOld("\(folder)/\(entry)") {
                    DurableFiles.remove("\(folder)/\(entry)")
                }
            }
            // The id tells a task's age: no other folder is looked at.
            let now = Date()
            return Self.entries(of: folders.tasks).compactMap { TaskID($0) }.filter { id in
                (Self.age...Self.oldest).contains(now.timeIntervalSince(id.createdAt))
            }
        }
        for start in stride(from: 0, to: tasks.count, by: 1000) {
            try await setAsideOrphans(among: Array(tasks[start..<min(start + 1000, tasks.count)]))
        }
        let repository = repository
        for (name, version) in try await models.abandonStale(olderThan: Self.age) {
            try await BlockingIO.run { repository.remove(name: name, version: version) }
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

    private static func entries(of folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func isOld(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return Date().timeIntervalSince1970 - Double(status.st_mtim.tv_sec) > age
    }
}
