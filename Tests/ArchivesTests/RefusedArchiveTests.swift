import ArchiveSamples
import Archives
import Testing

/// A hostile archive and the code that refuses it.
struct Hostile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: ArchiveError.Code
    let bytes: [UInt8]

    init(_ description: String, _ code: ArchiveError.Code, _ build: (inout TarBuilder) -> Void) {
        testDescription = description
        self.code = code
        var builder = TarBuilder()
        // A right member first, to see that not even it is written.
        builder.add("good.txt", Array("good".utf8))
        build(&builder)
        bytes = builder.finished
    }

    static let all: [Hostile] = [
        Hostile("absolute path", .absolutePath) { $0.add("/etc/cron.d/x") },
        Hostile("absolute path in an extended header", .absolutePath) {
            $0.addExtended([("path", Array("/tmp/x".utf8))])
            $0.add("x")
        },
        Hostile("parent path", .parentPath) { $0.add("../x") },
        Hostile("parent path inside", .parentPath) { $0.add("a/b/../../../x") },
        Hostile("parent path at the end", .parentPath) { $0.add("a/..", type: "5") },
        Hostile("parent path in a long name", .parentPath) {
            $0.add("././@LongLink", Array("a/../../x".utf8) + [0], type: "L")
            $0.add("x")
        },
        Hostile("empty path", .invalidPath) { $0.add("") },
        Hostile("root as a file", .invalidPath) { $0.add(".") },
        Hostile("line feed in a path", .invalidPath) { $0.add("a\nb") },
        Hostile("escape in a path", .invalidPath) { $0.add("a\u{1B}[31mb") },
        Hostile("next-line in a path", .invalidPath) { $0.add("a\u{85}b") },
        Hostile("path that is not UTF-8", .invalidPath) { $0.add(rawPath: [0x61, 0xE4, 0x62]) },
        Hostile("long component", .invalidPath) {
            $0.addExtended([("path", Array(repeating: 0x61, count: 256))])
            $0.add("x")
        },
        Hostile("long path", .invalidPath) {
            $0.addExtended([("path", Array(String(repeating: "abc/", count: 1100).utf8))])
            $0.add("x")
        },
        Hostile("symbolic link", .link) { $0.add("a", type: "2", link: "/etc/passwd") },
        Hostile("symbolic link with no target", .link) { $0.add("a", type: "2") },
        Hostile("hard link", .link) { $0.add("a", type: "1", link: "good.txt") },
        Hostile("hard link with content", .link) { $0.add("a", [1, 2, 3], type: "1", link: "good.txt") },
        Hostile("character device", .specialFile) { $0.add("a", type: "3") },
        Hostile("block device", .specialFile) { $0.add("a", type: "4") },
        Hostile("pipe", .specialFile) { $0.add("a", type: "6") },
        Hostile("same path twice", .duplicatePath) { $0.add("good.txt") },
        Hostile("same path written otherwise", .duplicatePath) { $0.add(".//./good.txt") },
        Hostile("file as a folder", .duplicatePath) { $0.add("good.txt/x") },
        Hostile("folder as a file", .duplicatePath) {
            $0.add("a/b")
            $0.add("a")
        },
        Hostile("folder twice", .duplicatePath) {
            $0.add("a/", type: "5")
            $0.add("a", type: "5")
        },
        Hostile("more members than allowed", .tooManyMembers) {
            for number in 0..<20 { $0.add("\(number)") }
        },
        Hostile("more implied folders than allowed", .tooManyMembers) {
            $0.add(String(repeating: "a/", count: 30) + "b")
        },
        Hostile("member too large", .memberTooLarge) { $0.add("a", [UInt8](repeating: 1, count: 100_001)) },
        Hostile("archive too large", .archiveTooLarge) {
            for number in 0..<3 { $0.add("\(number)", [UInt8](repeating: 1, count: 90_000)) }
        },
        Hostile("size that is not there", .truncated) { $0.add("a", [1], size: 50_000) },
        Hostile("sparse file", .corrupt) {
            $0.addExtended([
                ("GNU.sparse.major", Array("0".utf8)), ("GNU.sparse.minor", Array("1".utf8)),
                ("GNU.sparse.size", Array("90000".utf8)), ("GNU.sparse.map", Array("80000,512".utf8)),
            ])
            $0.add("a", [UInt8](repeating: 1, count: 512))
        },
    ]
}

@Suite("Refused archives")
struct RefusedArchiveTests {
    private static let limits = ArchiveLimits(
        maximumMembers: 20, maximumTotalBytes: 200_000, maximumMemberBytes: 100_000)

    @Test("A hostile archive is refused before anything is written", arguments: Hostile.all, [true, false])
    func hostile(_ hostile: Hostile, _ compressed: Bool) throws {
        let scratch = try Scratch()
        let path = try scratch.write("a.tar.gz", compressed ? Gzip.stored(hostile.bytes) : hostile.bytes)
        let listed = #expect(throws: ArchiveError.self) { try ArchiveReader.list(path: path, limits: Self.limits) }
        #expect(listed?.code == hostile.code, "\(listed?.message ?? "")")
        let error = #expect(throws: ArchiveError.self) {
            try ArchiveReader.extract(path: path, into: scratch.path + "/out", limits: Self.limits)
        }
        #expect(error?.code == hostile.code)
        #expect(error?.message == listed?.message)
        #expect(scratch.mode("out") == nil)
    }

    @Test("A path with a NUL inside is refused or cut there, never read in two ways")
    func nul() throws {
        let scratch = try Scratch()
        var builder = TarBuilder()
        builder.addExtended([("path", Array("a\0/../../b".utf8))])
        builder.add("x", [1])
        let path = try scratch.write("a.tar", builder.finished)
        do {
            let members = try ArchiveReader.extract(path: path, into: scratch.path + "/out")
            #expect(members.map(\.path) == ["a"])
            #expect(try scratch.read("out/a") == [1])
        } catch let error as ArchiveError {
            #expect(error.code == .invalidPath || error.code == .corrupt || error.code == .notAnArchive)
        }
    }

    private static func rightArchive() -> [UInt8] {
        var builder = TarBuilder()
        builder.add("a", Array(repeating: 0x61, count: 3000))
        builder.add("b", Array(repeating: 0x62, count: 700))
        return Gzip.stored(builder.finished)
    }

    @Test("An archive that is cut off anywhere is refused")
    func cutOff() throws {
        let scratch = try Scratch()
        let whole = Self.rightArchive()
        #expect(try ArchiveReader.list(path: scratch.write("whole", whole)).count == 2)
        for length in stride(from: 0, to: whole.count, by: 7) {
            let path = try scratch.write("cut", Array(whole.prefix(length)))
            let error = #expect(throws: ArchiveError.self, "cut at \(length)") { try ArchiveReader.list(path: path) }
            #expect(length < 20 || error?.code == .truncated, "cut at \(length): \(error?.message ?? "")")
        }
    }

    @Test("A plain tar without its end mark is refused")
    func withoutEndMark() throws {
        let scratch = try Scratch()
        var builder = TarBuilder()
        builder.add("a", Array(repeating: 0x61, count: 1024))
        let error = #expect(throws: ArchiveError.self) {
            try ArchiveReader.list(path: scratch.write("a.tar", builder.bytes))
        }
        #expect(error?.code == .truncated)
    }

    @Test("A single wrong byte of the compressed data is found")
    func damaged() throws {
        let scratch = try Scratch()
        let whole = Self.rightArchive()
        // Behind gzip's header, whose time and system nobody checks, and the unused bits of the block's first byte.
        for position in stride(from: 11, to: whole.count, by: 13) {
            var bytes = whole
            bytes[position] ^= 0x10
            let path = try scratch.write("damaged", bytes)
            #expect(throws: ArchiveError.self, "byte \(position)") { try ArchiveReader.list(path: path) }
        }
    }

    @Test(
        "What is no tar.gz archive is refused as such",
        arguments: [
            [UInt8](), Array("PK\u{3}\u{4}".utf8), Array(repeating: 0x41, count: 5000), Gzip.stored([]),
            Gzip.stored(Array("just text".utf8)), Gzip.stored(rightArchive()),
        ])
    func otherFiles(_ bytes: [UInt8]) throws {
        let scratch = try Scratch()
        let error = #expect(throws: ArchiveError.self) {
            try ArchiveReader.list(path: scratch.write("a.tar.gz", bytes))
        }
        #expect(error?.code == .notAnArchive || error?.code == .truncated, "\(error?.message ?? "")")
    }

    @Test("Data after the compressed data are refused, padding with zeros is not")
    func trailing() throws {
        let scratch = try Scratch()
        let padded = Self.rightArchive() + [UInt8](repeating: 0, count: 100_000)
        #expect(try ArchiveReader.list(path: scratch.write("padded", padded)).count == 2)
        let error = #expect(throws: ArchiveError.self) {
            try ArchiveReader.list(path: scratch.write("trailing", padded + [1]))
        }
        #expect(error?.code == .corrupt)
    }

    @Test("Zeros that inflate a thousandfold are refused early by their ratio")
    func bomb() throws {
        let scratch = try Scratch()
        let folder = try Scratch()
        for number in 0..<8 { try folder.write("\(number)", [UInt8](repeating: 0, count: 8 << 20)) }
        let path = scratch.path + "/bomb.tar.gz"
        let written = try ArchiveWriter.write(folder: folder.path, to: path, compressionLevel: 9)
        #expect(written.archiveBytes < 100_000)
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader.list(path: path) }
        #expect(error?.code == .suspiciousRatio)
        #expect(try ArchiveReader.list(path: path, limits: ArchiveLimits(maximumRatio: 2000)).count == 8)
    }

    @Test("A file that is missing is told as such")
    func missing() throws {
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader.list(path: "/nonexistent/a.tar.gz") }
        #expect(error?.code == .system)
        #expect((error?.underlying as? SystemCallError)?.errno == 2)
    }

    @Test("An archive with wrong bytes anywhere is refused or read whole, and nothing leaves the folder")
    func mutated() throws {
        var generator = Seeded(3)
        var builder = TarBuilder()
        builder.add("a", Array(repeating: 0x61, count: 600))
        builder.addExtended([("path", Array("b/c".utf8)), ("size", Array("4".utf8))])
        builder.add("x", [1, 2, 3, 4])
        let plain = builder.finished
        for round in 0..<300 {
            var bytes = round.isMultiple(of: 2) ? plain : Gzip.stored(plain)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            let scratch = try Scratch()
            let path = try scratch.write("a", bytes)
            do {
                let members = try ArchiveReader.extract(path: path, into: scratch.path + "/o/out", limits: Self.limits)
                Issue.record("a folder below a missing one was made for \(members)")
            } catch {
                #expect(!error.message.isEmpty)
            }
            let listed = try? ArchiveReader.list(path: path, limits: Self.limits)
            let extracted = try? ArchiveReader.extract(path: path, into: scratch.path + "/out", limits: Self.limits)
            #expect(listed == extracted, "round \(round)")
            let allowed = ["a", "out"].filter { scratch.mode($0) != nil }
            #expect(try scratch.names() == allowed, "round \(round)")
        }
    }
}
