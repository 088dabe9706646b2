import Foundation
import SlipwayCore

/// Keeps a version's archive for a task, whatever becomes of the version.
enum HeldModel {
    /// A second name for the archive's bytes in the task's folder; a copy where the file system gives none. Blocks.
    ///
    /// The container sees it read-only: the bytes are the repository's own.
    ///
    /// - Parameter folder: The upload's, which becomes the task's.
    /// - Throws: `SlipwayError` of code `notFound` where the version was deleted meanwhile.
    static func hold(_ archive: String, of repository: ModelRepository, in folder: String) throws {
        let place = TaskFolder(path: folder).heldModel
        try DurableFiles.createFolder(place)
        let held = "\(place)/\(FileNames.lastComponent(archive))"
        if link(archive, held) != 0 {
            guard errno != ENOENT else {
                throw SlipwayError(.notFound, "The model's version was deleted a moment ago.")
            }
            _ = try repository.copy(archive, to: held)
        }
        try DurableFiles.sync(folder: place)
    }
}
