import Crypto
import Foundation
import Testing

@Suite("What the tests of faults look for")
struct AuditTests {
    /// Something that may be wrong, and what it is called then.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var kind: Finding.Kind?
        /// Changes what psql printed.
        var row: (old: String, new: String) = ("", "")
        var jobs: [Int64] = [7]
        /// In shell, in the data root.
        var change = "true"
    }

    static let faults = [
        Fault(testDescription: "nothing"),
        Fault(testDescription: "a task without a row", kind: .lost, row: ("task|a|succeeded||1\n", "")),
        Fault(testDescription: "a task that is lost", kind: .lost, row: ("task|a|succeeded", "task|a|lost")),
        Fault(testDescription: "a task that never ended", kind: .lost, row: ("task|a|succeeded", "task|a|running")),
        Fault(testDescription: "another end", kind: .wrongEnd, row: ("task|a|succeeded|", "task|a|failed|exit_code")),
        Fault(testDescription: "another number of attempts", kind: .wrongEnd, row: ("succeeded||1", "succeeded||2")),
        Fault(testDescription: "a second job", kind: .doubled, jobs: [7, 8]),
        Fault(testDescription: "another job", kind: .wrongEnd, jobs: [8]),
        Fault(testDescription: "no job", kind: .wrongEnd, jobs: []),
        Fault(
            testDescription: "a job without an attempt", kind: .orphan,
            row: ("attempt|a|1|succeeded|7\n", "")),
        Fault(testDescription: "a step back", kind: .wrongEnd, row: ("event|a|1|running", "event|a|1|collecting")),
        Fault(
            testDescription: "a second end", kind: .wrongEnd,
            row: ("event|a|1|succeeded", "event|a|1|failed\nevent|a|1|succeeded")),
        Fault(testDescription: "no version", kind: .wrongEnd, row: ("version|m|1|a|", "version|m|1||")),
        Fault(
            testDescription: "a second version", kind: .wrongEnd,
            row: ("default|m|1\n", "version|m|2|a|\(sha256)\ndefault|m|2\n"), change: "cp -r models/m/1 models/m/2"),
        Fault(
            testDescription: "a number that stays reserved", kind: .orphan, row: ("default", "version|m|2||\ndefault")),
        Fault(testDescription: "default names another", kind: .wrongEnd, row: ("default|m|1", "default|m|2")),
        Fault(testDescription: "another archive", kind: .wrongEnd, change: "echo other > models/m/1/model.tar.gz"),
        Fault(testDescription: "a version without its files", kind: .orphan, change: "rm -r models/m/1"),
        Fault(testDescription: "files without a version", kind: .orphan, change: "mkdir models/m/2"),
        Fault(testDescription: "a folder without a row", kind: .orphan, change: "mkdir tasks/b"),
        Fault(testDescription: "a row without a folder", kind: .orphan, change: "rmdir tasks/a"),
        Fault(testDescription: "an upload of a dead server", kind: .orphan, change: "mkdir -p tasks/.incoming/dead"),
        Fault(testDescription: "an upload that lies", kind: .orphan, change: "mkdir -p tasks/.incoming/alive/b"),
        Fault(testDescription: "a staged version", kind: .orphan, change: "mkdir -p models/.staging/dead"),
    ]

    private static let sha256 = SHA256.hash(data: Data("archive\n".utf8)).map { String(format: "%02x", $0) }.joined()

    private static let records = """
        task|a|succeeded||1
        attempt|a|1|succeeded|7
        version|m|1|a|\(sha256)
        default|m|1
        event|a|0|queued
        event|a|1|submitting
        event|a|1|running
        event|a|1|running
        event|a|1|succeeded
        server|alive

        """

    @Test("Each fault is found, and none where there is none", arguments: faults)
    func found(fault: Fault) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/audit-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files =
            "mkdir -p tasks/a tasks/.incoming/alive models/.staging models/m/1/files && "
            + "echo archive > models/m/1/model.tar.gz && touch models/m/1/files/model.txt"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try await Command(program: "sh", arguments: ["-c", "\(files) && \(fault.change)"], folder: folder).succeed()
        let text =
            fault.row.old.isEmpty
            ? Self.records : Self.records.replacing(fault.row.old, with: fault.row.new, maxReplacements: 1)
        #expect(fault.row.old.isEmpty || text != Self.records)
        let audit = Audit(
            folder: folder, records: try AuditRecords(text), jobs: ["\(folder)/tasks/a/attempts/1": Set(fault.jobs)])
        let kinds = Set(try audit.findings(promised: ["a": .succeeded]).map(\.kind))
        switch fault.kind {
        case let kind?: #expect(kinds.contains(kind))
        case nil: #expect(kinds.isEmpty)
        }
    }
}
