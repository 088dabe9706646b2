import Archives
import Crypto
import Foundation
import Inference
import SlipwayCore

/// The model repository's folders. All calls block.
struct ModelRepository: Sendable {
    let folders: DataFolders
    let server: ServerID

    /// Bytes of a model up to which its inputs and outputs are read when it is published.
    static let largestInspected: Int64 = 2 << 30

    /// What an archive was found to be while it was copied.
    struct Copied: Sendable {
        var sha256: String
        var bytes: Int64
    }

    /// A new folder in which a version is put together.
    func makeStagingFolder() throws -> VersionFolder {
        let folder = VersionFolder(path: "\(folders.staging(of: server))/\(UUID().uuidString.lowercased())")
        try DurableFiles.createFolder(folder.path)
        return folder
    }

    /// Copies an archive, with the checksum of the very bytes that were written.
    ///
    /// - Throws: `SlipwayError` of code `invalid` where the source is not a regular file that can be reached without
    ///   following a link.
    func copy(_ source: String, to destination: String) throws -> Copied {
        guard let file = find(source) else {
            throw SlipwayError(
                .invalid, "The archive \(FileNames.lastComponent(source)) is not a file that can be read.")
        }
        let input = file.content
        let output = open(destination, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard output >= 0 else { throw DurableFiles.failure("open", destination) }
        defer { close(output) }
        var hash = SHA256()
        var total: Int64 = 0
        try withUnsafeTemporaryAllocation(byteCount: 1 << 20, alignment: 16) { buffer in
            while true {
                let count = try input.read(into: buffer, at: total)
                if count == 0 { break }
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                hash.update(bufferPointer: bytes)
                try DurableFiles.writeAll(bytes, to: output, path: destination)
                total += Int64(count)
            }
        }
        guard fsync(output) == 0 else { throw DurableFiles.failure("fsync", destination) }
        return Copied(sha256: hash.finalize().hex, bytes: total)
    }

    /// In tasks' folders scripts write; in the others the server alone does.
    private func find(_ path: String) -> StoredFile? {
        guard path.hasPrefix(folders.tasks + "/") else { return StoredFile.at(path) }
        let task = path.dropFirst(folders.tasks.count + 1).prefix { $0 != "/" }
        return StoredFile.at(path, within: "\(folders.tasks)/\(task)")
    }

    /// Unpacks a staged archive beside itself.
    ///
    /// - Returns: The format, by the main file.
    func unpack(_ staged: VersionFolder, limits: ArchiveLimits = ArchiveLimits()) throws -> String {
        let members: [ArchiveMember]
        do {
            members = try ArchiveReader.extract(path: staged.archive, into: staged.files, limits: limits)
        } catch {
            throw SlipwayError(refusing: error)
        }
        let files = members.filter { $0.kind == .file }.map(\.path)
        guard !files.isEmpty else { throw SlipwayError(.invalid, "The model's archive holds no file.") }
        return ModelFormat(files: files, in: staged.files).rawValue
    }

    /// Whether reading the model's inputs and outputs, for which an engine loads it whole, is worth its memory.
    func isSmallEnoughToInspect(_ staged: VersionFolder) -> Bool {
        // All files count: a format's main file may be small and name others that hold the weights.
        let files = OpenFolder(staged.files)?.files(limit: .max) ?? []
        return files.reduce(0) { $0 + $1.bytes } <= Self.largestInspected
    }

    /// Puts a staged version in its place by one rename.
    func place(_ staged: VersionFolder, name: String, version: Int) throws {
        let destination = folders.version(version, of: name)
        let parent = "\(folders.models)/\(name)"
        try DurableFiles.createFolder(parent)
        try DurableFiles.sync(folder: staged.path)
        // What lies there already is an earlier try that was broken off before it was published. It goes aside, not
        // away, before this one has its place: should the staged folder be gone, nothing is lost.
        let aside = staged.path + ".replaced"
        let isReplaced = (try? DurableFiles.rename(destination.path, to: aside)) != nil
        do {
            try DurableFiles.rename(staged.path, to: destination.path)
        } catch {
            if isReplaced { try DurableFiles.rename(aside, to: destination.path) }
            throw error
        }
        if isReplaced { DurableFiles.remove(aside) }
        try DurableFiles.sync(folder: parent)
        try DurableFiles.sync(folder: folders.models)
    }

    func remove(name: String, version: Int) {
        DurableFiles.remove(folders.version(version, of: name).path)
    }
}

/// What a model's files are, by the name of the main one.
enum ModelFormat: String, CaseIterable {
    case onnx
    case tensorflowSavedModel = "tensorflow_savedmodel"
    case tensorflowGraph = "tensorflow_graphdef"
    case keras
    case pytorch
    case pickle
    case pmml
    case coreML = "coreml"
    case unknown

    /// What the engine that serves the files will take of them: the file that `params.json` names, where it is there.
    ///
    /// - Parameter folder: Where the files lie. Blocks.
    init(files: [String], in folder: String) {
        let all = VersionFiles(folder: folder, paths: files)
        // A broken file is told when the version is checked.
        let parameters = (try? ModelParameters.read(all)) ?? ModelParameters()
        self.init(files: all.chosen(by: parameters).paths)
    }

    init(files: [String]) {
        let names = files.map { $0.split(separator: "/").last.map { $0.lowercased() } ?? "" }
        let found = Self.allCases.first { format in names.contains { format.isMain($0) } }
        self = found ?? .unknown
    }

    /// Of a version's files, the one that the format is named for.
    func mainFile(in files: [String]) -> String? {
        files.first { isMain($0.split(separator: "/").last.map { $0.lowercased() } ?? "") }
    }

    private func isMain(_ name: String) -> Bool {
        let suffixes: [String] =
            switch self {
            case .onnx: [".onnx"]
            case .tensorflowSavedModel: ["saved_model.pb"]
            case .tensorflowGraph: [".pb"]
            case .keras: [".keras", ".h5"]
            case .pytorch: [".pt", ".pth"]
            case .pickle: [".pkl", ".pickle", ".joblib"]
            case .pmml: [".pmml"]
            case .coreML: [".mlmodel"]
            case .unknown: []
            }
        return suffixes.contains { name.hasSuffix($0) }
    }
}

extension Sequence<UInt8> {
    /// Lower-case hexadecimal.
    var hex: String {
        let digits = Array("0123456789abcdef")
        return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
