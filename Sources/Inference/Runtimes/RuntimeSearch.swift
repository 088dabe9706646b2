internal import Foundation

/// Where the library of a runtime may lie.
struct RuntimeSearch {
    /// Names that the dynamic loader is asked for.
    let names: [String]
    /// What the library's files begin with, versions follow.
    let prefixes: [String]
    /// Folders below a configured one where the library's packages keep it.
    let subfolders: [String]

    /// What to try, in this order: only the configured place where there is one, otherwise the usual names.
    ///
    /// - Parameter configured: The library's file, or a folder that holds it.
    func candidates(configured: String?) -> [String] {
        guard let configured, !configured.isEmpty else { return names + libraries(in: Self.usualFolders) }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: configured, isDirectory: &isFolder), isFolder.boolValue else {
            return [configured]
        }
        let found = libraries(in: [configured] + subfolders.map { configured + "/" + $0 })
        return found.isEmpty ? [configured + "/" + prefixes[0]] : found
    }

    private static let usualFolders = [
        "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
    ]

    /// The library under its versioned names, newest first.
    private func libraries(in folders: [String]) -> [String] {
        folders.flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { name in prefixes.contains { name.hasPrefix($0) } }
                .sorted { $0.compare($1, options: .numeric) == .orderedDescending }
                .map { folder + "/" + $0 }
        }
    }
}
