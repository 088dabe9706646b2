import Foundation
import Logging
import SlipwayCore

/// Removes the files of uploads that were replaced or removed, once no task needs them.
struct FolderRetirement: Sendable {
    let store: any FolderStore
    let repository: FolderRepository
    let faults: Faults
    let logger: Logger

    private static let batch = 100

    /// What fails is only logged: it is on record, and the janitor comes again.
    ///
    /// - Parameter folder: nil looks at all.
    func run(folder: String? = nil) async {
        do {
            var left = Set<FolderVersion>()
            while true {
                let versions = try await store.retire(of: folder, limit: Self.batch + left.count)
                let new = versions.filter { !left.contains($0) }
                if !new.isEmpty { faults.pass(.folderRetired) }
                for version in new where try await !remove(version) { left.insert(version) }
                if new.count < Self.batch { return }
            }
        } catch {
            logger.warning("uploads were not cleared away", metadata: ["error": "\(error)"])
        }
    }

    /// - Returns: False where the files could not be removed.
    private func remove(_ version: FolderVersion) async throws -> Bool {
        let (repository, stop) = (repository, StopSign())
        do {
            // A script may have left millions of specs, for which no shutdown waits.
            try await withTaskCancellationHandler {
                try await BlockingIO.run(on: .bulk) { try repository.remove(version, stop: stop) }
            } onCancel: {
                stop.raise()
            }
        } catch let error as SlipwayError {
            logger.warning(
                "an upload's files were not removed",
                metadata: ["folder": "\(version.folder)", "version": "\(version.version)", "error": "\(error)"])
            return false
        }
        try await store.finishRemoval(version)
        return true
    }
}
