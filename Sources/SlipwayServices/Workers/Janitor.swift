import Foundation
import Logging
import ServiceLifecycle
import SlipwayCore

/// Clears away what crashes left: uploads that never became tasks, task folders without a row, versions that were
/// staged and never placed.
struct Janitor: Service {
    let folders: DataFolders
    let store: any TaskStore
    let logger: Logger

    /// Younger things may still be on their way, here or on another server.
    private static let age = 86_400.0
    private static let interval = 3600.0

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                do {
                    try await sweep()
                } catch {
                    logger.warning("clearing away failed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(Self.interval))
            }
        }
    }

    private func sweep() async throws {
        let folders = folders
        let taskFolders = try await BlockingIO.run {
            for folder in [folders.incoming, folders.staging] {
                for entry in Self.oldEntries(of: folder) {
                    DurableFiles.remove("\(folder)/\(entry)")
                }
            }
            return Self.oldEntries(of: folders.tasks).compactMap { TaskID($0) }
        }
        for start in stride(from: 0, to: taskFolders.count, by: 1000) {
            let ids = Array(taskFolders[start..<min(start + 1000, taskFolders.count)])
            let known = try await store.existing(ids)
            for id in ids where !known.contains(id) {
                logger.notice("a task's folder without a row is removed", metadata: ["task": "\(id)"])
                try await BlockingIO.run { DurableFiles.remove(folders.task(id).path) }
            }
        }
    }

    /// Entries that nobody changed for a day and less than a week and a day: what is older was looked at before.
    private static func oldEntries(of folder: String) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.filter { entry in
            var status = stat()
            guard lstat("\(folder)/\(entry)", &status) == 0 else { return false }
            let age = Date().timeIntervalSince1970 - Double(status.st_mtim.tv_sec)
            return age > Self.age && age < Self.age * 8
        }
    }
}
