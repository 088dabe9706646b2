import Testing

@testable import SlipwayServices

@Suite("Times and sizes as people write them")
struct AmountsTests {
    @Test(
        "Times are read as sbatch reads them, and with units",
        arguments: [
            ("90", 90), ("90m", 90), ("2h", 120), ("1d", 1440), ("45s", 1), ("90:30", 91), ("12:00:00", 720),
            ("2-00:00:00", 2880), ("1-12", 2160), ("1-00:30", 1470), (" 24 h ", 1440), ("0:30", 1),
        ])
    func minutes(text: String, minutes: Int) {
        #expect(Amounts.minutes(text) == minutes)
    }

    @Test(
        "What is no time is none",
        arguments: ["", "0", "soon", "-5", "1:2:3:4", "1-2-3", "9999999999", "1.5h", "367d", "h"])
    func notATime(text: String) {
        #expect(Amounts.minutes(text) == nil)
    }

    @Test(
        "Sizes are megabytes, whatever unit they are written in",
        arguments: [
            ("512", 512), ("512M", 512), ("3gb", 3072), ("4GiB", 4096), ("1T", 1_048_576), ("900K", 1), ("1.5G", 1536),
            ("2 GB", 2048),
        ])
    func megabytes(text: String, megabytes: Int) {
        #expect(Amounts.megabytes(text) == megabytes)
    }

    @Test("What is no size is none", arguments: ["", "0", "much", "-1G", "1e3", "nan", "inf", "G", "1.2.3G", "1P"])
    func notASize(text: String) {
        #expect(Amounts.megabytes(text) == nil)
    }
}
