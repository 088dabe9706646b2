import Crypto
import Foundation
package import NIOCore
import SlipwayCore

/// One upload on its way to become a task: parts go to disk as they arrive.
///
/// Memory holds at most one mebibyte of a part at a time, and the caller waits for each write, so that a fast client is
/// slowed to the disk's speed.
package actor TaskIntake {
    /// A file that has arrived.
    struct File: Sendable {
        /// The multipart name that it came under.
        var part: String
        /// Its safe name, and its name on disk.
        var name: String
        var bytes: Int64
        var sha256: [UInt8]
    }

    let owner: User
    /// Everything of this upload lies here; `files` is within.
    nonisolated let folder: String
    private(set) var files: [File] = []
    /// Parts without a file name, other than `config`.
    private(set) var strayFields: [String] = []
    private var writer: PartWriter?
    private var part: (name: String, file: String?)?

    private static let batch = 1 << 20

    nonisolated var filesFolder: String { folder + "/files" }

    init(owner: User, folder: String) {
        self.owner = owner
        self.folder = folder
    }

    func prepare() async throws {
        let files = filesFolder
        try await BlockingIO.run { try DurableFiles.createFolder(files) }
    }

    /// Begins a part. A part named `config` without a file name is taken as the config file.
    ///
    /// - Throws: `SlipwayError` of code `invalid` for a file name of which nothing safe is left, or that came before.
    package func begin(partNamed name: String, filename: String?, contentType: String?) async throws {
        guard let given = filename ?? (name == "config" ? "config.json" : nil) else {
            strayFields.append(name)
            part = (name, nil)
            return
        }
        guard let safe = FileNames.safe(given) else {
            throw SlipwayError(
                .invalid, "A file's name cannot be used.",
                faults: [
                    FieldFault(path: name, value: given, message: "is not a file name; name the file, as in train.py")
                ])
        }
        if files.contains(where: { $0.name == safe }) {
            throw SlipwayError(
                .invalid, "Two files have the same name.",
                faults: [
                    FieldFault(path: name, value: given, message: "another file of this request is named “\(safe)”")
                ])
        }
        part = (name, safe)
        writer = PartWriter(path: "\(filesFolder)/\(safe)", of: folder)
    }

    /// More bytes of the part that was begun last.
    package func write(_ bytes: ByteBuffer) async throws {
        guard let writer else { return }
        if writer.hold(bytes) >= Self.batch { try await BlockingIO.run { try writer.flush() } }
    }

    /// The part is complete, and on disk when this returns.
    package func endPart() async throws {
        defer {
            part = nil
            writer = nil
        }
        guard let part, let file = part.file, let writer else { return }
        let (bytes, digest) = try await BlockingIO.run { try writer.finish() }
        files.append(File(part: part.name, name: file, bytes: bytes, sha256: digest))
    }

    /// Leaves nothing behind, also in a task that was cancelled.
    package func discard() async {
        writer?.close()
        writer = nil
        let folder = folder
        // A failure to remove is the janitor's to mend; the request has its own error to answer.
        await withTaskCancellationShield { try? await BlockingIO.run { DurableFiles.remove(folder) } }
    }
}
