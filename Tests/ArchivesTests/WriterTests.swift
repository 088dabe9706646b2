import Archives
import Glibc
import Testing

@Suite("Packing")
struct WriterTests {
    /// Files whose names need every kind of tar header.
    private static let files: [(name: String, content: [UInt8], mode: mode_t)] = [
        ("b/run.sh", Array("#!/bin/sh\n".utf8), 0o775),
        ("b/" + String(repeating: "long", count: 50) + "/" + String(repeating: "n", count: 250), [1], 0o600),
        ("Größe 🍷.csv", Array("1,2\n".utf8), 0o644),
        ("a.onnx", (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }, 0o644),
        ("b.empty", [], 0o644),
    ]

    private func folder(reversed: Bool = false) throws -> Scratch {
        let folder = try Scratch()
        for file in reversed ? Self.files.reversed() : Self.files {
            try folder.write(file.name, file.content, mode: file.mode)
        }
        return folder
    }

    @Test("What is packed comes out the same")
    func roundTrip() throws {
        let folder = try folder()
        let scratch = try Scratch()
        let written = try ArchiveWriter.write(folder: folder.path, to: scratch.path + "/a.tar.gz")
        #expect(written.archiveBytes == Int64(try scratch.read("a.tar.gz").count))
        let members = try ArchiveReader.extract(path: scratch.path + "/a.tar.gz", into: scratch.path + "/out")
        #expect(members == written.members)
        let long = "b/" + String(repeating: "long", count: 50)
        #expect(
            members.map(\.path) == [
                "Größe 🍷.csv", "a.onnx", "b", long, long + "/" + String(repeating: "n", count: 250), "b/run.sh",
                "b.empty",
            ])
        for file in Self.files {
            #expect(try scratch.read("out/" + file.name) == file.content, "\(file.name)")
            #expect(scratch.mode("out/" + file.name) == (file.mode & 0o100 == 0 ? 0o644 : 0o755), "\(file.name)")
        }
    }

    @Test("The same files give the same archive, wherever and whenever they were written")
    func reproducible() throws {
        let scratch = try Scratch()
        let second = try folder(reversed: true)
        var times = [timespec(tv_sec: 1, tv_nsec: 5), timespec(tv_sec: 2, tv_nsec: 7)]
        try #require(utimensat(AT_FDCWD, second.path + "/a.onnx", &times, 0) == 0)
        let first = try folder()
        _ = try ArchiveWriter.write(folder: first.path, to: scratch.path + "/1")
        _ = try ArchiveWriter.write(folder: second.path, to: scratch.path + "/2")
        let bytes = try scratch.read("1")
        #expect(try bytes == scratch.read("2"))
        // No time in gzip's header either: RFC 1952, section 2.3.
        #expect(bytes[4..<8] == [0, 0, 0, 0])
    }

    @Test("A link or a pipe in the folder is refused, and no file is left", arguments: [true, false])
    func refused(_ isLink: Bool) throws {
        let folder = try folder()
        let scratch = try Scratch()
        let path = folder.path + "/b/bad"
        try #require((isLink ? symlink("/etc/passwd", path) : mkfifo(path, 0o600)) == 0)
        let error = #expect(throws: ArchiveError.self) {
            try ArchiveWriter.write(folder: folder.path, to: scratch.path + "/a.tar.gz")
        }
        #expect(error?.code == (isLink ? .link : .specialFile))
        #expect(error?.path == "b/bad")
        #expect(scratch.mode("a.tar.gz") == nil)
    }

    @Test("An empty folder gives an empty archive")
    func empty() throws {
        let folder = try Scratch()
        let scratch = try Scratch()
        #expect(try ArchiveWriter.write(folder: folder.path, to: scratch.path + "/a").members.isEmpty)
        #expect(try ArchiveReader.list(path: scratch.path + "/a").isEmpty)
    }

    @Test("An archive takes the place of an older one, and nothing else stays behind")
    func replaced() throws {
        let folder = try folder()
        let scratch = try Scratch()
        try scratch.write("sub/a.tar.gz", [1])
        _ = try ArchiveWriter.write(folder: folder.path, to: scratch.path + "/sub/a.tar.gz")
        #expect(try ArchiveReader.list(path: scratch.path + "/sub/a.tar.gz").count == 7)
        // The only file of its folder can be removed with it.
        try #require(unlink(scratch.path + "/sub/a.tar.gz") == 0)
        #expect(rmdir(scratch.path + "/sub") == 0)
    }
}
