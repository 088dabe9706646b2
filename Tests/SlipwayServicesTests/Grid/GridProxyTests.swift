import Foundation
import Testing

@testable import SlipwayServices

@Suite("The site's proxy")
struct GridProxyTests {
    private static let day = 86_400.0

    private static func fault(_ path: String, now: Date = Date(), minutes: Int? = nil) -> GridProxyFault? {
        do {
            _ = try GridProxyFile(path: path).check(now: now, minutes: minutes)
            return nil
        } catch {
            return error
        }
    }

    @Test("A proxy lasts as long as the shortest of its certificates", arguments: [2, 90])
    func chain(days: Int) async throws {
        try await Credentials.with { credentials in
            let made = Date()
            let path = try await credentials.proxy(days: days)
            let proxy = try GridProxyFile(path: path).read()
            let expected = made.addingTimeInterval(Double(min(days, 30)) * Self.day)
            #expect(abs(proxy.endsAt.timeIntervalSince(expected)) < 60)
            #expect(abs(proxy.beginsAt.timeIntervalSince(made)) < 60)
        }
    }

    @Test(
        "Any key does: short ones, elliptic ones, and any length of time",
        arguments: [
            (["rsa:1024"], 1), (["rsa:2048"], 3), (["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], 1), (["ed25519"], 2),
        ])
    func keys(key: [String], days: Int) async throws {
        try await Credentials.with { credentials in
            let path = try await credentials.proxy(days: days, key: key)
            #expect(Self.fault(path, minutes: days * 1440 - 10) == nil)
        }
    }

    @Test("An end beyond the year 2049 is written in another way, and read")
    func farEnd() async throws {
        try await Credentials.with { credentials in
            try await credentials.sign("user", key: Credentials.quick, subject: "/CN=Ada", by: "ca", days: 20_000)
            let path = try await credentials.proxy(days: 19_000)
            let years = try GridProxyFile(path: path).read().endsAt.timeIntervalSinceNow / Self.day / 365.25
            #expect((51.9...52.1).contains(years))
        }
    }

    @Test("What is no proxy is refused with what is wrong")
    func refused() async throws {
        try await Credentials.with { credentials in
            try await credentials.proxy(days: 1)
            let good = ["proxy.pem", "proxy.key", "user.pem"]
            for mode in [0o644, 0o640, 0o604, 0o620, 0o602] {
                let path = try credentials.write("open", parts: good, mode: mode)
                #expect(Self.fault(path) == .exposed(mode: UInt32(mode)))
            }
            let certificate = try String(contentsOfFile: credentials.path("proxy.pem"), encoding: .utf8)
            let key = try String(contentsOfFile: credentials.path("proxy.key"), encoding: .utf8)
            let short = certificate.split(separator: "\n").dropLast(6).joined(separator: "\n")
            let cases: [(String, GridProxyFault)] = [
                ("", .noCertificate), ("no PEM at all\n\0\u{1}", .noCertificate), (key, .noCertificate),
                (certificate, .noKey), (certificate + "-----BEGIN RSA PRIVATE KEY-----\nMII", .noKey),
                (short + "\n-----END CERTIFICATE-----\n" + key, .unintelligible(certificate: 1)),
                (
                    certificate + key + "-----BEGIN CERTIFICATE-----\n!?\n-----END CERTIFICATE-----\n",
                    .unintelligible(certificate: 2)
                ),
                (String(repeating: "\n", count: GridProxy.limit + 1), .tooLarge(bytes: Int64(GridProxy.limit) + 1)),
            ]
            for (text, expected) in cases {
                let path = try credentials.write("bad", text: text)
                #expect(Self.fault(path) == expected)
                #expect(expected.sentence(path: path).contains(path))
            }
            #expect(Self.fault(credentials.path("none")) == .missing)
            #expect(Self.fault(credentials.folder) == .notRegular)
            #expect(mkfifo(credentials.path("pipe"), 0o600) == 0)
            #expect(Self.fault(credentials.path("pipe")) == .notRegular)
            guard case .unreadable = Self.fault(credentials.path("proxy.pem/x")) else {
                Issue.record("a path below a file can be read")
                return
            }
        }
    }

    @Test("Windows' line ends, text around the blocks and a limit's last byte do no harm")
    func lenient() async throws {
        try await Credentials.with { credentials in
            try await credentials.proxy(days: 1)
            let parts = try ["proxy.pem", "proxy.key", "user.pem"].map {
                "subject=/O=Grid\n" + (try String(contentsOfFile: credentials.path($0), encoding: .utf8))
            }
            let text = parts.joined().replacing("\n", with: "\r\n")
            let padding = String(repeating: "\n", count: GridProxy.limit - text.utf8.count)
            #expect(Self.fault(try credentials.write("lenient", text: text + padding)) == nil)
        }
    }

    @Test("A proxy is judged by the job's time limit, to the second")
    func limits() async throws {
        try await Credentials.with { credentials in
            let path = try await credentials.proxy(days: 1)
            let proxy = try GridProxyFile(path: path).read()
            let (end, begin) = (proxy.endsAt, proxy.beginsAt)
            let cases: [(Date, Int?, GridProxyFault?)] = [
                (begin, nil, nil), (begin.addingTimeInterval(-1), nil, .early(begin: begin)),
                (end.addingTimeInterval(-1), nil, nil), (end, nil, .expired(end: end, now: end)),
                (end.addingTimeInterval(-3600), 60, nil),
                (
                    end.addingTimeInterval(-3599), 60,
                    .endsEarly(end: end, now: end.addingTimeInterval(-3599), minutes: 60)
                ),
                (end.addingTimeInterval(7200), 1, .expired(end: end, now: end.addingTimeInterval(7200))),
            ]
            for (now, minutes, expected) in cases { #expect(Self.fault(path, now: now, minutes: minutes) == expected) }
        }
    }

    @Test("A proxy that was renewed, in its place or beside it, is read anew, and only then")
    func renewed() async throws {
        try await Credentials.with { credentials in
            let path = try await credentials.proxy(days: 1)
            let file = GridProxyFile(path: path)
            let first = try file.read()
            #expect(try file.read() == first)
            try await credentials.proxy("longer", days: 5)
            #expect(rename(credentials.path("longer"), path) == 0)
            let second = try file.read()
            #expect(second.endsAt > first.endsAt.addingTimeInterval(3 * Self.day))
            try await credentials.proxy("third", days: 9)
            let text = try String(contentsOfFile: credentials.path("third"), encoding: .utf8)
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            #expect(try file.read().endsAt > second.endsAt.addingTimeInterval(3 * Self.day))
            #expect(chmod(path, 0o644) == 0)
            #expect(throws: GridProxyFault.exposed(mode: 0o644)) { try file.read() }
        }
    }

    @Test("No bytes, however broken, are read beyond their end")
    func broken() async throws {
        try await Credentials.with { credentials in
            try await credentials.proxy(days: 1)
            let lines = try String(contentsOfFile: credentials.path("proxy.pem"), encoding: .utf8).split(
                separator: "\n")
            let der = try #require(Data(base64Encoded: lines.dropFirst().dropLast().joined()))
            let whole = try #require(CertificateValidity(der: der))
            for count in 0..<der.count { #expect(CertificateValidity(der: der.prefix(count)) == nil) }
            #expect(CertificateValidity(der: der + [0]) == nil)
            var other = 0
            for index in der.indices {
                for byte in [0x00, 0x7f, 0x80, 0x84, 0xff] as [UInt8] {
                    var copy = der
                    copy[index] = byte
                    if CertificateValidity(der: copy) != whole { other += 1 }
                }
            }
            #expect(other > 0)
        }
    }

    @Test("The sentences say when, how long and what would be right")
    func sentences() {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        #expect(
            GridProxyFault.expired(end: now.addingTimeInterval(-3700), now: now).sentence(path: "/p")
                == "The site's proxy for remote files, /p, expired at 2027-01-15T06:58:20Z, 1 h 1 min ago; it has to be renewed."
        )
        #expect(
            GridProxyFault.endsEarly(end: now.addingTimeInterval(5400), now: now, minutes: 1440).sentence(path: "/p")
                == """
                The site's proxy for remote files, /p, ends at 2027-01-15T09:30:00Z, in 1 h 30 min, before a job with \
                the time limit of 24 h would; a time limit of at most 1 h 30 min, or a proxy that lasts longer, would \
                be right.
                """)
    }

    @Test(
        "Spans are written in two units",
        arguments: [(0.0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3600, "1 h"), (90_000, "25 h"), (176_500, "2 d 1 h")])
    func spans(seconds: Double, text: String) {
        #expect(GridProxyFault.span(seconds) == text)
    }
}
