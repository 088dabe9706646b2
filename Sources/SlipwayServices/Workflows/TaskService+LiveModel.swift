import Foundation
package import SlipwayCore

extension TaskService {
    /// A training replaces its model in milliseconds.
    private static let tries = 5
    private static let pause = Duration.milliseconds(100)

    /// The archive that the present attempt packed at its end; before that, or where it did not come to that, what it
    /// has left so far, packed now.
    ///
    /// - Parameter name: Its name for a download.
    /// - Returns: nil where there is no model yet.
    /// - Throws: `SlipwayError`: `gone` where retention took the files; `conflict` for a folder that holds more than is
    ///   packed in between; `unavailable` where the model does not stay the same for as long as packing it takes.
    package func packedModel(of task: MLTask, name: String) async throws -> StoredFile? {
        try Self.refuseWithoutFiles(task)
        guard let number = task.attempt?.id.number else { return nil }
        let folder = configuration.folders.task(task.id)
        let attempt = folder.attempt(number)
        let archive = try await BlockingIO.run {
            StoredFile.at(attempt.archive, within: folder.path, name: name)
        }
        if let archive { return archive }
        let incoming = configuration.folders.incoming(of: server)
        let live = LiveModel(
            task: folder, attempt: attempt, scratch: "\(incoming)/\(UUID().uuidString.lowercased()).tar.gz")
        var outcome = LiveModel.Outcome.none
        for attempt in 1...Self.tries {
            if attempt > 1 { try await Task.sleep(for: Self.pause) }
            outcome = try await BlockingIO.run(on: .scripted) {
                try DurableFiles.createFolder(incoming)
                return try live.pack(name: name)
            }
            if case .packed(let file) = outcome { return file }
            // What ended is not replaced by anything any more.
            if task.state.isFinal { break }
        }
        guard case .changed = outcome else { return nil }
        throw SlipwayError(.unavailable, "The training is replacing its model right now; try again in a moment.")
    }
}
