import Foundation
import Inference
import SlipwayCore

/// A version's files, written for one test and removed with it.
final class CompanionFolder {
    let path: String

    /// - Parameter files: Contents by path.
    init(_ files: [String: String]) throws {
        path = NSTemporaryDirectory() + "companions-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(Data(text.utf8), to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ data: Data, to name: String) throws {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    /// The files as the host lists them.
    var files: VersionFiles {
        let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return VersionFiles(
            folder: path,
            paths: found.filter { name in
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
                return !isFolder.boolValue
            }.sorted())
    }

    /// - Parameter paths: The files that the host would have listed; what is there where nil.
    func parameters(listed paths: [String]? = nil) throws -> ModelParameters {
        try ModelParameters.read(paths.map { VersionFiles(folder: path, paths: $0) } ?? files)
    }

    func companions(
        _ signature: ModelSignature = .table, metadata: [String: String] = [:]
    ) throws -> ModelCompanions {
        try ModelCompanions.read(
            files, parameters: parameters(), signature: signature, metadata: metadata)
    }
}

extension ModelSignature {
    /// Three columns of numbers in, two scores out.
    static let table = ModelSignature(
        inputs: [TensorSpecification(name: "x", type: .float32, shape: [-1, 3])],
        outputs: [TensorSpecification(name: "y", type: .float32, shape: [-1, 2])])

    /// An input for each column.
    static let columns = ModelSignature(
        inputs: [
            TensorSpecification(name: "age", type: .float32, shape: [-1, 1]),
            TensorSpecification(name: "sex", type: .string, shape: [-1, 1]),
        ],
        outputs: [TensorSpecification(name: "y", type: .float32, shape: [-1, 2])])
}
