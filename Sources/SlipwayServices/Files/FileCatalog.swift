import Foundation

/// Names for files of one kind in one folder, such as the images of a cluster.
protocol FileCatalog {
    /// What the files' names end in, such as `.sif`; the catalog's names go without.
    var suffix: String { get }
    func contains(_ name: String) -> Bool
    func names() -> [String]
}

/// A folder that an operator fills. Asking for one name costs one look, however many files there are.
struct FolderCatalog: FileCatalog {
    let folder: String
    let suffix: String

    func path(of name: String) -> String { "\(folder)/\(name)\(suffix)" }

    func contains(_ name: String) -> Bool {
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.utf8.contains(0) else { return false }
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path(of: name), isDirectory: &isFolder) && !isFolder.boolValue
    }

    func names() -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.map { String($0.dropLast(suffix.count)) }
    }
}

extension ClusterConfiguration {
    var images: FolderCatalog { FolderCatalog(folder: imagesFolder, suffix: ".sif") }
    var datasets: FolderCatalog { FolderCatalog(folder: datasetsFolder, suffix: ".csv") }
}
