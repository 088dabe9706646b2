import Foundation
import SlipwayAPI
import SlipwayClient
import Testing

@Suite("Text for people")
struct TextTests {
    @Test("Columns are aligned, numbers to the right, and no line ends in spaces")
    func table() {
        var table = Table([.init("NAME"), .init("SIZE", isNumber: true), .init("NOTE")])
        table.append(["wine", "5", ""])
        table.append(["ä", "12345", "x"])
        #expect(table.text() == "NAME   SIZE  NOTE\nwine      5\nä     12345  x\n")
    }

    @Test("Colours appear only when asked for")
    func colors() {
        let event = TaskEventAnswer.sample(id: 1, attempt: 2, state: "failed", reason: "timeout", message: "too long")
        let plain = TaskText.line(for: event, colored: false)
        #expect(plain.hasSuffix("  failed      attempt 2: timeout: too long\n"))
        #expect(!plain.contains("\u{1B}"))
        #expect(TaskText.line(for: event, colored: true).contains("\u{1B}[31mfailed    \u{1B}[0m"))
    }

    @Test(
        "What others wrote cannot steer the terminal",
        arguments: [
            ("a\u{1B}[2Jb", "a\u{FFFD}[2Jb"), ("a\nb\tc", "a b c"), ("a\u{202E}b", "a\u{FFFD}b"),
            ("a\u{9B}b\u{7F}\u{0}", "a\u{FFFD}b\u{FFFD}\u{FFFD}"), ("Zoë 👩‍🔬", "Zoë 👩‍🔬"),
        ])
    func controls(text: String, shown: String) {
        #expect(TerminalText.plain(text) == shown)
        #expect(!Table(tasks: [.sample(state: "failed", experiment: text)]).text().contains("\u{1B}"))
    }

    @Test(
        "Amounts of bytes are short",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9949, "9.9 kB"), (9950, "10 kB"), (999_499, "999 kB"),
            (999_500, "1.0 MB"), (300_000_000, "300 MB"), (5_000_000_000_000, "5.0 TB"),
        ] as [(Int64, String)])
    func byteCounts(bytes: Int64, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }

    @Test("The progress line shows share, amounts and speed, and keeps to the width", arguments: [20, 40, 60, 80, 200])
    func progress(width: Int) {
        let line = ProgressLine(title: "Sending", total: 2000)
        for done in [0, 1, 1000, 1999, 2000, 3000] as [Int64] {
            #expect(line.text(done: done, elapsed: .seconds(1), width: width).count <= width)
        }
        if width == 80 {
            #expect(
                line.text(done: 1000, elapsed: .seconds(2), width: width)
                    == "Sending [##################------------------]  50 %  1.0 kB of 2.0 kB  500 B/s")
        }
    }

    @Test("Times are told in the given zone")
    func times() throws {
        let zone = try #require(TimeZone(secondsFromGMT: 3600))
        let time = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(Moment.dateAndTime(time, in: zone) == "2023-11-14 23:13:20")
        #expect(Moment.time(time, in: zone) == "23:13:20")
    }
}
