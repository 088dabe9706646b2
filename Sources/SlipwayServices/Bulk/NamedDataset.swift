import Foundation
import SlipwayCore

/// A dataset by its path below the folder of datasets, which operators fill.
enum NamedDataset {
    private static let deepest = 8

    /// Bytes of a file, or of all files of a folder that rows can be read from. Blocks.
    ///
    /// - Throws: `SlipwayError` of code `invalid` for what is not there, or is nothing that rows can be read from.
    static func bytes(_ path: String, below folder: String) throws -> Int64 {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            // What containers cannot be given, beside what would lead out of the folder.
            !part.isEmpty && !part.hasPrefix(".")
                && !part.unicodeScalars.contains {
                    $0.properties.generalCategory == .control || ":,\\".unicodeScalars.contains($0)
                }
        }
        guard isPlain, (1...deepest).contains(parts.count) else {
            throw BulkService.fault(
                "dataset", path, "must be a path below the folder of datasets, such as wine.csv or runs/2026")
        }
        let full = "\(folder)/\(path)"
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else {
            throw BulkService.fault("dataset", path, "is not among the datasets")
        }
        guard isFolder.boolValue else {
            guard InputFormat.isKnown(path) else { throw BulkService.fault("dataset", path, InputFormat.meaning) }
            return size(full)
        }
        let names = OpenFolder.names(in: full) { InputFormat.isKnown($0) && !$0.hasPrefix(".") ? $0 : nil }
        guard !names.isEmpty else {
            throw BulkService.fault(
                "dataset", path, "is a folder without a file that rows can be read from: one \(InputFormat.meaning)")
        }
        return names.reduce(0) { $0 + size("\(full)/\($1)") }
    }

    private static func size(_ path: String) -> Int64 {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int64) ?? 0
    }
}
