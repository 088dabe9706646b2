import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("What a job says of its end")
struct ExitFileReaderTests {
    private let folders = DataFolders(root: NSTemporaryDirectory() + "exit-file-" + UUID().uuidString)

    private func report(changing name: String? = nil, to value: Any = 0) throws -> AttemptStateMachine.ExitReport? {
        let id = Attempt.ID(task: try #require(TaskID("0vqffzhpn2")), number: 1)
        let attempt = folders.task(id.task).attempt(1)
        defer { try? FileManager.default.removeItem(atPath: folders.root) }
        try FileManager.default.createDirectory(atPath: attempt.path, withIntermediateDirectories: true)
        var members: [String: Any] = [
            "job_id": 7, "attempt": 1, "exit_code": 3, "started_at": 1_700_000_000, "finished_at": 1_700_000_009,
            "node": "n1",
        ]
        if let name { members[name] = value }
        let data = try JSONSerialization.data(withJSONObject: members)
        try data.write(to: URL(fileURLWithPath: attempt.exitFile))
        let log = "begin\n  last \u{1b}[31m\0word\t!\nslipway: ends\n"
        try log.write(toFile: folders.task(id.task).log(jobID: 7), atomically: true, encoding: .utf8)
        return ExitFileReader(folders: folders).report(of: id, jobID: 7)
    }

    @Test("A report has the script's last words, without what controls a terminal")
    func words() throws {
        let report = try #require(try report())
        #expect(report.exitCode == 3 && report.node == "n1" && report.lastWords == "last word !")
    }

    @Test(
        "A file that says what cannot be is no report",
        arguments: [
            ("job_id", 8), ("exit_code", 256), ("exit_code", -1), ("signal", 0), ("signal", 65), ("started_at", -1),
            ("finished_at", Int(Date().timeIntervalSince1970) + 90_000), ("peak_memory_bytes", -1),
        ])
    func numbers(name: String, value: Int) throws {
        #expect(try report(changing: name, to: value) == nil)
    }

    @Test("A node's name is a name", arguments: ["", "a b", "n1\n", "é", "a/b", String(repeating: "n", count: 256)])
    func nodes(name: String) throws {
        #expect(try report(changing: "node", to: name) == nil)
    }

    @Test("A claim is a link to digits", arguments: [("12", 12), ("+1", nil), ("", nil), ("1a", nil), ("../1", nil)])
    func claims(target: String, jobID: Int64?) throws {
        let id = Attempt.ID(task: try #require(TaskID("0vqffzhpn2")), number: 1)
        let attempt = folders.task(id.task).attempt(1)
        defer { try? FileManager.default.removeItem(atPath: folders.root) }
        try FileManager.default.createDirectory(atPath: attempt.path, withIntermediateDirectories: true)
        if target.isEmpty {
            try "12".write(toFile: attempt.claim, atomically: true, encoding: .utf8)
        } else {
            #expect(symlink(target, attempt.claim) == 0)
        }
        #expect(ExitFileReader(folders: folders).claimant(of: id) == jobID)
    }
}
