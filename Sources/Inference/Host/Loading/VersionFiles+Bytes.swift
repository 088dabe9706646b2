internal import Foundation
internal import SlipwayCore

extension VersionFiles {
    /// What the files take on disk together.
    ///
    /// - Throws: `InferenceError` with `loadFailed` where one of them cannot be looked at.
    func totalBytes() throws -> Int64 {
        try paths.reduce(0) { sum, path in
            do {
                // Through links: the weights count, wherever they are.
                let path = URL(fileURLWithPath: folder + "/" + path).resolvingSymlinksInPath().path
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                return sum + ((attributes[.size] as? NSNumber)?.int64Value ?? 0)
            } catch {
                throw InferenceError(.loadFailed, "the file \(folder)/\(path) cannot be read: \(error)")
            }
        }
    }
}
