import ArchiveSamples
import Archives
import Testing

/// A hostile zip archive and the code that refuses it.
struct HostileZip: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: ArchiveError.Code
    let bytes: [UInt8]

    init(_ description: String, _ code: ArchiveError.Code, _ build: (inout ZipBuilder) -> Void) {
        testDescription = description
        self.code = code
        var builder = ZipBuilder()
        builder.add("good.txt", Array("good".utf8))
        build(&builder)
        bytes = builder.finished
    }

    static let all: [HostileZip] = [
        HostileZip("absolute path", .absolutePath) { $0.add("/tmp/x") },
        HostileZip("parent path", .parentPath) { $0.add("../x") },
        HostileZip("parent path inside", .parentPath) { $0.add("a/../../x") },
        HostileZip("control character", .invalidPath) { $0.add("a\nb") },
        HostileZip("symbolic link", .link) { $0.add("a", Array("/etc/passwd".utf8), mode: 0o120777) },
        HostileZip("character device", .specialFile) { $0.add("a", mode: 0o020600) },
        HostileZip("same path twice", .duplicatePath) { $0.add("good.txt") },
        HostileZip("file as a folder", .duplicatePath) { $0.add("good.txt/x") },
        HostileZip("more members than allowed", .tooManyMembers) { for number in 0..<20 { $0.add("\(number)") } },
        HostileZip("member too large", .memberTooLarge) { $0.add("a", zeros: 400_000) },
        HostileZip("archive too large", .archiveTooLarge) {
            for number in 0..<3 { $0.add("\(number)", [UInt8](repeating: 1, count: 90_000)) }
        },
        HostileZip("member with a password", .encrypted) { $0.add("a", [1, 2, 3], isEncrypted: true) },
    ]
}

@Suite("Zip archives")
struct ZipTests {
    private static let limits = ArchiveLimits(
        maximumMembers: 20, maximumTotalBytes: 200_000, maximumMemberBytes: 100_000)

    private static func rightArchive() -> [UInt8] {
        var builder = ZipBuilder()
        builder.add("model/", mode: 0o040755)
        builder.add("model/saved_model.pb", Array("a graph".utf8))
        builder.add("run.sh", Array("true".utf8), mode: 0o100755)
        return builder.finished
    }

    @Test("Its files come out with their content, and executable where they were")
    func right() throws {
        let scratch = try Scratch()
        let path = try scratch.write("a.zip", Self.rightArchive())
        let members = try ArchiveReader.extract(path: path, into: scratch.path + "/out", format: .zip)
        #expect(members.map(\.path) == ["model", "model/saved_model.pb", "run.sh"])
        #expect(members.map(\.size) == [0, 7, 4])
        #expect(try scratch.read("out/model/saved_model.pb") == Array("a graph".utf8))
        #expect(scratch.mode("out/run.sh") == 0o755)
    }

    @Test("A hostile one is refused before anything is written", arguments: HostileZip.all)
    func hostile(_ hostile: HostileZip) throws {
        let scratch = try Scratch()
        let path = try scratch.write("a.zip", hostile.bytes)
        let error = #expect(throws: ArchiveError.self) {
            try ArchiveReader.extract(path: path, into: scratch.path + "/out", format: .zip, limits: Self.limits)
        }
        #expect(error?.code == hostile.code, "\(error?.message ?? "")")
        #expect(scratch.mode("out") == nil)
    }

    @Test("Zeros that inflate a thousandfold are refused early by their ratio, members counted together")
    func bomb() throws {
        let scratch = try Scratch()
        for count in [1, 4] {
            var builder = ZipBuilder()
            for number in 0..<count { builder.add("\(number)", zeros: (20 << 20) / count) }
            let path = try scratch.write("bomb.zip", builder.finished)
            let error = #expect(throws: ArchiveError.self) { try ArchiveReader.list(path: path, format: .zip) }
            // The checksum of the first small member is met before the ratio of all.
            #expect(error?.code == (count == 1 ? .suspiciousRatio : .corrupt), "\(error?.message ?? "")")
        }
    }

    @Test("One that is cut off or damaged anywhere is refused or read whole")
    func damaged() throws {
        let scratch = try Scratch()
        let whole = Self.rightArchive()
        for length in stride(from: 0, to: whole.count, by: 5) {
            let path = try scratch.write("cut.zip", Array(whole.prefix(length)))
            #expect(throws: ArchiveError.self, "cut at \(length)") { try ArchiveReader.list(path: path, format: .zip) }
        }
        var generator = Seeded(7)
        for round in 0..<200 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            let own = try Scratch()
            let path = try own.write("a", bytes)
            let listed = try? ArchiveReader.list(path: path, format: .zip, limits: Self.limits)
            let out = own.path + "/out"
            let extracted = try? ArchiveReader.extract(path: path, into: out, format: .zip, limits: Self.limits)
            #expect(listed == extracted, "round \(round)")
            #expect(try own.names() == ["a", "out"].filter { own.mode($0) != nil })
        }
    }

    @Test(
        "What is no zip archive is refused as such",
        arguments: [
            [UInt8](), Array("PK".utf8), Array("#!/bin/sh\n".utf8) + rightArchive(), Gzip.stored(rightArchive()),
        ]
    )
    func otherFiles(_ bytes: [UInt8]) throws {
        let scratch = try Scratch()
        let path = try scratch.write("a.zip", bytes)
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader.list(path: path, format: .zip) }
        #expect(error?.code == .notAnArchive)
    }

    @Test("The directory has to be where its end record says, and no longer than members are allowed")
    func directory() throws {
        let scratch = try Scratch()
        let whole = Self.rightArchive()
        let comment = [UInt8](whole.dropLast(2)) + [3, 0] + Array("abc".utf8)
        #expect(try ArchiveReader.list(path: scratch.write("a", comment), format: .zip).count == 3)
        var moved = whole
        moved[whole.count - 6] ^= 1
        var long = whole
        long[whole.count - 9] = 0x7F
        var many = whole
        many[whole.count - 12] = 21
        let cases: [([UInt8], ArchiveError.Code)] = [
            (moved, .corrupt), (long, .tooManyMembers), (many, .tooManyMembers), (whole + [0], .truncated),
        ]
        for (bytes, code) in cases {
            let path = try scratch.write("b", bytes)
            let error = #expect(throws: ArchiveError.self) {
                try ArchiveReader.list(path: path, format: .zip, limits: Self.limits)
            }
            #expect(error?.code == code, "\(error?.message ?? "")")
        }
    }
}
