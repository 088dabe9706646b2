import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("The model that a training has so far")
struct LiveModelTests {
    @Test("A folder that the script locked is said, and nothing is left of the archive", .enabled(if: geteuid() != 0))
    func locked() throws {
        let task = TaskFolder(path: NSTemporaryDirectory() + "task-" + UUID().uuidString)
        let (attempt, locked) = (task.attempt(1), task.attempt(1).output + "/variables")
        defer {
            chmod(locked, 0o700)
            try? FileManager.default.removeItem(atPath: task.path)
        }
        try FileManager.default.createDirectory(atPath: locked, withIntermediateDirectories: true)
        try "a graph".write(toFile: attempt.output + "/saved_model.pb", atomically: true, encoding: .utf8)
        #expect(chmod(locked, 0) == 0)
        let model = LiveModel(task: task, attempt: attempt, scratch: task.path + "/scratch.tar.gz")
        let error = #expect(throws: SlipwayError.self) { _ = try model.pack(name: "luca_1.tar.gz") }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("variables") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: task.path) == ["attempts"])

        chmod(locked, 0o700)
        guard case .packed(let file) = try model.pack(name: "luca_1.tar.gz") else {
            Issue.record("nothing was packed")
            return
        }
        #expect(file.name == "luca_1.tar.gz" && file.bytes > 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: task.path) == ["attempts"])
    }
}
