import Testing

@testable import Slurm

/// Output of sacct 22.05.8 with slurmdbd, its U+001F written as `¦`.
@Suite("sacct's output")
struct AccountingParserTests {
    static let captured = """
        8¦CANCELLED by 1001¦twinscie¦gpu¦0:0¦1795244401¦1795244402¦1795244413¦vm¦None¦¦2048M¦11¦/srv/t/d/attempts/1¦a'b`c ? x
        8.batch¦FAILED¦twinscie¦¦15:0¦1795244402¦1795244402¦1795244413¦vm¦¦64520192¦¦11¦¦batch
        9¦FAILED¦twinscie¦cpu¦0:9¦1795244401¦1795244402¦1795244404¦vm¦None¦¦300M¦2¦/srv/t/e/attempts/1¦oom
        9.batch¦CANCELLED by 1001¦twinscie¦¦0:9¦1795244402¦1795244402¦1795244404¦vm¦¦434384896¦¦2¦¦batch
        11¦FAILED¦twinscie¦cpu¦127:0¦1795244401¦1795244402¦1795244403¦vm¦None¦¦2048M¦1¦/srv/t/g/attempts/1¦image
        11.batch¦FAILED¦twinscie¦¦127:0¦1795244402¦1795244402¦1795244403¦vm¦¦¦¦1¦¦batch
        12¦COMPLETED¦twinscie¦cpu¦0:0¦1795244401¦1795244402¦1795244403¦vm¦None¦¦2048M¦1¦/srv/t/h/attempts/1¦a b
        12.batch¦COMPLETED¦twinscie¦¦0:0¦1795244402¦1795244402¦1795244403¦vm¦¦61460480¦¦1¦¦batch
        17¦TIMEOUT¦twinscie¦cpu¦0:0¦1795244472¦1795244472¦1795244555¦vm¦None¦¦2048M¦83¦/srv/t/l/attempts/1¦x
        17.batch¦FAILED¦twinscie¦¦15:0¦1795244472¦1795244472¦1795244555¦vm¦¦63369216¦¦83¦¦batch
        21¦PENDING¦twinscie¦cpu¦0:0¦1795244472¦Unknown¦Unknown¦None assigned¦JobHeldUser¦¦1024M¦0¦/srv¦held
        20_1¦FAILED¦twinscie¦cpu¦1:0¦1795244472¦1795244476¦1795244479¦vm¦JobArrayTaskLimit¦¦1024M¦3¦/srv¦wrap
        20_1.batch¦FAILED¦twinscie¦¦1:0¦1795244476¦1795244476¦1795244479¦vm¦¦3309568¦¦3¦¦batch
        20_1.0¦COMPLETED¦twinscie¦¦0:0¦1795244479¦1795244479¦1795244479¦vm¦¦5000000¦¦0¦¦true
        28¦FAILED¦twinscie¦cpu¦1:0¦1795244485¦1795244485¦1795244485¦None assigned¦None¦¦99999999M¦0¦/srv¦wrap

        """.replacing("¦", with: "\u{1f}")

    @Test("Steps are folded into their job")
    func jobs() throws {
        let entries = try SlurmOutput.accounting(Self.captured)
        #expect(entries.map(\.jobID.description) == ["8", "9", "11", "12", "17", "21", "20_1", "28"])
        #expect(
            entries[0]
                == AccountingEntry(
                    jobID: JobID(number: 8), name: "a'b`c ? x", account: "twinscie", partition: "gpu",
                    state: .cancelled(by: 1001), rawState: "CANCELLED by 1001", exitCode: 0, exitSignal: 0,
                    submitTime: 1_795_244_401, startTime: 1_795_244_402, endTime: 1_795_244_413, nodes: "vm",
                    reason: nil, workingDirectory: "/srv/t/d/attempts/1", peakMemoryBytes: 64_520_192,
                    requestedMemoryBytes: 2_147_483_648, elapsedSeconds: 11))
        #expect(
            entries.map(\.phase) == [
                .ended(.cancelled), .ended(.outOfMemory), .ended(.failed), .ended(.completed), .ended(.timeout),
                .waiting, .ended(.failed), .ended(.refused),
            ])
        #expect(entries[1].exitSignal == 9 && entries[1].state == .failed)
        #expect(entries[2].peakMemoryBytes == nil)
        #expect(entries[5].startTime == nil && entries[5].nodes.isEmpty && entries[5].reason == "JobHeldUser")
        #expect(entries[6].jobID.arrayTask == 1 && entries[6].peakMemoryBytes == 5_000_000)
        #expect(entries[7].nodes.isEmpty)
    }

    @Test("Steps whose job is not shown are left out; of the same id shown twice each keeps its own steps")
    func steps() throws {
        func row(_ id: String, _ submit: Int, _ rss: String) -> String {
            "\(id)¦COMPLETED¦a¦p¦0:0¦\(submit)¦1¦2¦n¦¦\(rss)¦1G¦1¦/w¦x\n".replacing("¦", with: "\u{1f}")
        }
        let entries = try SlurmOutput.accounting(
            row("4.batch", 1, "1K") + row("5", 1, "") + row("5.extern", 1, "3K") + row("5.batch", 1, "2K")
                + row("5", 9, "") + row("5.0", 9, "1.5M"))
        #expect(entries.map(\.submitTime) == [1, 9])
        #expect(entries.map(\.peakMemoryBytes) == [3072, 1_572_864])
    }

    @Test(
        "Sizes are read as Slurm prints them",
        arguments: [
            ("0", 0), ("4583424", 4_583_424), ("554572K", 567_881_728), ("1.5M", 1_572_864), ("2G", 2_147_483_648),
            ("1T", 1_099_511_627_776), ("1P", 1_125_899_906_842_624), ("2Gn", 2_147_483_648), ("2Gc", nil), ("", nil),
            ("x", nil), ("-1", nil), ("16?", nil),
        ] as [(String, Int64?)])
    func sizes(text: String, bytes: Int64?) {
        #expect(SlurmOutput.bytes(text) == bytes)
    }

    @Test("What is not sacct's output is refused")
    func refused() {
        #expect(throws: SlurmError.self) { try SlurmOutput.accounting("8|COMPLETED\n") }
        #expect(throws: SlurmError.self) {
            try SlurmOutput.accounting("8¦FAILED¦a¦p¦x¦1¦1¦2¦n¦¦¦1G¦1¦/w¦x\n".replacing("¦", with: "\u{1f}"))
        }
    }
}
