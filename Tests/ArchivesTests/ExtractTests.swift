import ArchiveSamples
import Archives
import Glibc
import Testing

@Suite("Unpacking")
struct ExtractTests {
    private func archive(in scratch: Scratch) throws -> String {
        var builder = TarBuilder()
        builder.add("./", type: "5", mode: 0o700)
        builder.add("./a/b/deep.txt", Array("deep".utf8), mode: 0o4777)
        builder.add("./a/", type: "5", mode: 0o000)
        builder.addExtended([("path", Array("Größe 🍷.csv".utf8))])
        builder.add("x", Array("1,2\n".utf8), mode: 0o000)
        builder.add("empty", [])
        return try scratch.write("in.tar.gz", Gzip.stored(builder.finished))
    }

    @Test("Files and folders come out with plain modes and their content")
    func extract() throws {
        let scratch = try Scratch()
        let path = try archive(in: scratch)
        let members = try ArchiveReader.extract(path: path, into: scratch.path + "/out")
        #expect(members.map(\.path) == ["a/b/deep.txt", "a", "Größe 🍷.csv", "empty"])
        #expect(members.map(\.kind) == [.file, .folder, .file, .file])
        #expect(members.map(\.size) == [4, 0, 4, 0])
        #expect(members[0].isExecutable && members[0].modified == 1_700_000_000)
        #expect(try ArchiveReader.list(path: path) == members)
        #expect(try scratch.read("out/a/b/deep.txt") == Array("deep".utf8))
        #expect(try scratch.read("out/Größe 🍷.csv") == Array("1,2\n".utf8))
        #expect(scratch.mode("out/a/b/deep.txt") == 0o755)
        #expect(scratch.mode("out/Größe 🍷.csv") == 0o644)
        #expect(scratch.mode("out/a") == 0o755)
        #expect(scratch.mode("out/a/b") == 0o755)
        #expect(scratch.mode("out/empty") == 0o644)
    }

    @Test("A file that is there already is not replaced")
    func existing() throws {
        let scratch = try Scratch()
        let path = try archive(in: scratch)
        try scratch.write("out/empty", Array("mine".utf8))
        let error = #expect(throws: ArchiveError.self) {
            try ArchiveReader.extract(path: path, into: scratch.path + "/out")
        }
        #expect(error?.code == .alreadyExists)
        #expect(error?.path == "empty")
        #expect(try scratch.read("out/empty") == Array("mine".utf8))
    }

    @Test("A link in the folder is not followed", arguments: ["a", "empty"])
    func link(_ name: String) throws {
        let scratch = try Scratch()
        let path = try archive(in: scratch)
        mkdir(scratch.path + "/out", 0o755)
        mkdir(scratch.path + "/elsewhere", 0o755)
        let target = name == "a" ? "/elsewhere" : "/elsewhere/file"
        try #require(symlink(scratch.path + target, scratch.path + "/out/" + name) == 0)
        let error = #expect(throws: ArchiveError.self) {
            try ArchiveReader.extract(path: path, into: scratch.path + "/out")
        }
        #expect(error?.code == .alreadyExists)
        #expect(scratch.mode("elsewhere/b") == nil)
        #expect(scratch.mode("elsewhere/file") == nil)
    }

    @Test("Gzip members one after another are one archive")
    func concatenatedGzip() throws {
        let scratch = try Scratch()
        var builder = TarBuilder()
        builder.add("a", Array(repeating: 0x61, count: 300_000))
        let bytes = builder.finished
        let path = try scratch.write(
            "a.tar.gz", Gzip.stored(Array(bytes[..<1000])) + Gzip.stored([]) + Gzip.stored(Array(bytes[1000...])))
        _ = try ArchiveReader.extract(path: path, into: scratch.path + "/out")
        #expect(try scratch.read("out/a") == Array(repeating: 0x61, count: 300_000))
    }
}
