import Foundation

extension Tools {
    /// Makes the folder of a server's tools.
    ///
    /// - Parameter path: The real `PATH`.
    static func write(_ tools: [String: String], to folder: String, path: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in tools {
            let file = "\(folder)/\(name)"
            let script = text.replacingOccurrences(of: "$TOOLS", with: folder)
                .replacingOccurrences(of: "$REAL", with: path)
            try script.write(toFile: file, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
    }
}
