import Foundation

/// A folder that is removed after the test.
struct TemporaryFolder: Sendable {
    let url: URL

    func path(of name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    func file(_ name: String, _ data: Data) throws -> String {
        let path = path(of: name)
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: URL(fileURLWithPath: path))
        return path
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false)).sorted() }
    }
}

func withFolder(_ body: (TemporaryFolder) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "slipway-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try await body(TemporaryFolder(url: url))
}
