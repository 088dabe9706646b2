import Archives
import Foundation
import SlipwayCore

/// What a training has left so far, packed while it goes on.
///
/// The names in the folder are a script's word: nothing in it is followed, waited for, or taken beyond the limits.
struct LiveModel {
    /// The task's folder, below which the attempt's is reached without following a link.
    let task: TaskFolder
    let attempt: AttemptFolder
    /// Where the archive lies while it is written; on no path afterwards.
    let scratch: String

    enum Outcome {
        /// There is no model; so it may be for a moment while one takes another's place.
        case none
        /// The model changed while it was packed.
        case changed
        case packed(StoredFile)
    }

    /// What makes the folder's content a model; either is enough.
    private static let mainFiles = ["saved_model.pb", "model.onnx"]

    private static let rules = PackingRules(
        skipsStrangers: true, skipsHidden: true, maximumMembers: 10_000,
        maximumTotalBytes: ModelRepository.largestInspected, maximumDepth: 32, prefix: "./", compressionLevel: 1)

    /// A tar.gz of the model as it is at one moment; members are `./NAME`. Blocks.
    ///
    /// - Parameter name: Its name for a download.
    /// - Throws: `SlipwayError` of code `conflict` for a folder that holds more than is packed in between, or that cannot
    ///   be read.
    func pack(name: String) throws -> Outcome {
        let result = OpenFolder.reach(attempt.output, within: task.path) { folder, last -> Result<Outcome, any Error> in
            Result {
                guard let output = folder.folder(last) else { return .none }
                return try pack(output, name: name)
            }
        }
        return try result?.get() ?? .none
    }

    private func pack(_ output: borrowing OpenFolder, name: String) throws -> Outcome {
        guard let before = FolderMoment(of: output, files: Self.mainFiles), before.hasFile else { return .none }
        defer { unlink(scratch) }
        do throws(ArchiveError) {
            _ = try ArchiveWriter.write(openFolder: output.descriptor, to: scratch, rules: Self.rules)
        } catch {
            switch error.code {
            case .changedWhileReading: return .changed
            // Gone, or another kind of thing than it was when the folder was listed.
            case .system where [ENOENT, ENOTDIR, ELOOP].contains((error.underlying as? SystemCallError)?.errno):
                return .changed
            case .tooManyMembers, .archiveTooLarge: throw Self.unpackable(error)
            // A script may take permissions from what it leaves.
            case .system where (error.underlying as? SystemCallError)?.errno == EACCES: throw Self.unpackable(error)
            default: throw SlipwayError(.internal, "The model so far cannot be packed: \(error.message)")
            }
        }
        guard FolderMoment(of: output, files: Self.mainFiles) == before, let file = StoredFile.at(scratch, name: name)
        else { return .changed }
        return .packed(file)
    }

    private static func unpackable(_ error: ArchiveError) -> SlipwayError {
        SlipwayError(.conflict, "What the training has left so far is not packed: \(error.message)")
    }
}
