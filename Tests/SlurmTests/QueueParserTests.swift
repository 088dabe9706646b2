import Testing

@testable import Slurm

/// Output of squeue 22.05.8, its U+001F written as `¦`.
@Suite("squeue's output")
struct QueueParserTests {
    static let captured = """
        12¦COMPLETED¦twinscie¦cpu¦None¦1795244401¦1795244402¦1795244403¦vm¦5:00¦4294901700¦/srv/t/h/attempts/1¦a'b"c $(id) 🍷 packjob
        20_0¦COMPLETED¦twinscie¦cpu¦None¦1795244472¦1795244472¦1795244476¦vm¦1-00:00:00¦4294901700¦/srv¦wrap
        18¦COMPLETING¦twinscie¦cpu¦None¦1795244472¦1795244479¦1795244779¦vm¦5:00¦4294901700¦/srv/t/m/attempts/1¦x
        6¦FAILED¦twinscie¦cpu¦NonZeroExitCode¦1795244401¦1795244402¦1795244403¦vm¦5:00¦4294901700¦/srv/t/b/attempts/1¦a
        20_2¦PENDING¦twinscie¦cpu¦JobArrayTaskLimit¦1795244472¦N/A¦N/A¦¦1-00:00:00¦4294901700¦/srv¦wrap
        22¦PENDING¦twinscie¦cpu¦Resources¦1795244472¦1795330876¦1795417276¦¦1-00:00:00¦4294901700¦/srv¦big
        21¦PENDING¦twinscie¦cpu¦JobHeldUser¦1795244472¦N/A¦N/A¦¦UNLIMITED¦4294901700¦/srv¦held
        17¦RUNNING¦twinscie¦cpu¦None¦1795244472¦1795244472¦1795244532¦vm¦1:00¦4294901700¦/srv/t/l/attempts/1¦x
        8¦CANCELLED¦twinscie¦gpu¦None¦1795244401¦1795244402¦1795244413¦vm¦5:00¦4294901700¦/srv/t/d/attempts/1¦a | b \\ %j

        """.replacing("¦", with: "\u{1f}")

    @Test("Each job is read with all its fields")
    func jobs() throws {
        let entries = try SlurmOutput.queue(Self.captured)
        #expect(entries.map(\.jobID.description) == ["12", "20_0", "18", "6", "20_2", "22", "21", "17", "8"])
        #expect(
            entries[0]
                == QueueEntry(
                    jobID: JobID(number: 12), name: "a'b\"c $(id) 🍷 packjob", account: "twinscie", partition: "cpu",
                    state: .completed, rawState: "COMPLETED", reason: "None", submitTime: 1_795_244_401,
                    startTime: 1_795_244_402, endTime: 1_795_244_403, nodes: "vm", priority: 4_294_901_700,
                    workingDirectory: "/srv/t/h/attempts/1", timeLimitSeconds: 300))
        #expect(entries[1].jobID.arrayTask == 0)
        #expect(
            entries.map(\.state.phase) == [
                .ended(.completed), .ended(.completed), .running, .ended(.failed), .waiting, .waiting, .waiting,
                .running,
                .ended(.cancelled),
            ])
        #expect(entries[4].startTime == nil && entries[4].nodes.isEmpty && entries[4].timeLimitSeconds == 86400)
        #expect(entries[5].startTime == 1_795_330_876)
        #expect(entries[6].reason == "JobHeldUser" && entries[6].timeLimitSeconds == nil)
        #expect(entries[8].name == "a | b \\ %j")
    }

    @Test("No job is no output")
    func empty() throws {
        #expect(try SlurmOutput.queue("").isEmpty)
    }

    @Test("A name with separators and newlines shifts no other field")
    func names() throws {
        let first = "1¦RUNNING¦a¦cpu¦None¦1¦2¦3¦n1¦1:00¦7¦/w¦bad¦name\nof two lines\n".replacing("¦", with: "\u{1f}")
        let second = "2¦RUNNING¦a¦cpu¦None¦1¦2¦3¦n1¦1:00¦7¦/w¦good\n".replacing("¦", with: "\u{1f}")
        let entries = try SlurmOutput.queue(first + second)
        #expect(entries.map(\.name) == ["bad\u{1f}name\nof two lines", "good"])
        #expect(entries[0].workingDirectory == "/w")
    }

    @Test("Output that was cut off at any byte is never taken for a whole one")
    func cut() throws {
        let whole = Array(Self.captured.utf8)
        for length in 1..<whole.count where whole[length - 1] != UInt8(ascii: "\n") {
            #expect(throws: SlurmError.self) {
                try SlurmOutput.queue(String(decoding: whole[..<length], as: UTF8.self))
            }
        }
    }

    @Test(
        "What is not squeue's output is refused",
        arguments: [
            "slurm_load_jobs error: Unable to contact slurm controller\n", "x¦y\n", "x¦P¦a¦b¦c¦1¦2¦3¦n¦1¦7¦/w¦n\n",
        ])
    func refused(text: String) {
        let error = #expect(throws: SlurmError.self) {
            try SlurmOutput.queue(text.replacing("¦", with: "\u{1f}"))
        }
        #expect(error?.code == .malformedOutput)
    }

    @Test(
        "Durations are read as the manual prints them",
        arguments: [
            ("0", 0), ("1:00", 60), ("5:07", 307), ("1:00:00", 3600), ("1-00:00:00", 86400), ("10-02:03:04", 871_384),
            ("UNLIMITED", nil), ("infinite", nil), ("NOT_SET", nil), ("", nil), ("1-", nil), ("a:b", nil),
            ("1:2:3:4", nil),
        ] as [(String, Int64?)])
    func durations(text: String, seconds: Int64?) {
        #expect(SlurmOutput.duration(text) == seconds)
    }
}
