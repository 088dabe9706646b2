import Archives
import Glibc
import Testing

@Suite("Packing a folder that a script writes")
struct PackingRulesTests {
    private static let lenient = PackingRules(
        skipsStrangers: true, skipsHidden: true, maximumMembers: 100, maximumTotalBytes: 1000, maximumDepth: 3,
        prefix: "./", compressionLevel: 1)

    private static func pack(_ folder: Scratch, _ rules: PackingRules = lenient) throws -> [String] {
        let scratch = try Scratch()
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        let written = try ArchiveWriter.write(openFolder: descriptor, to: scratch.path + "/a", rules: rules)
        let read = try ArchiveReader.extract(path: scratch.path + "/a", into: scratch.path + "/out")
        #expect(read == written.members)
        return read.map(\.path)
    }

    @Test(
        "What is no file or folder, cannot be named, is hidden, or lies too deep is left out, and nothing is followed")
    func strangers() throws {
        let folder = try Scratch()
        try folder.write("saved_model.pb", [1, 2])
        try folder.write("variables/one", [3])
        try folder.write(".partial/two", [4])
        try folder.write("variables/.hidden", [5])
        try folder.write("variables/d/e/deep", [6])
        try folder.write("line\nfeed", [7])
        for (link, target) in [("out", "/etc/passwd"), ("folder", "/etc"), ("self", "self"), ("up", "..")] {
            try #require(symlink(target, "\(folder.path)/\(link)") == 0)
        }
        try #require(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let raw: [UInt8] = Array((folder.path + "/caf").utf8) + [0xE9, 0]
        try #require(raw.withUnsafeBytes { mkdir($0.baseAddress!.assumingMemoryBound(to: CChar.self), 0o700) } == 0)
        #expect(
            try Self.pack(folder) == ["saved_model.pb", "variables", "variables/d", "variables/d/e", "variables/one"])
    }

    @Test("Members begin with what the rules say")
    func prefix() throws {
        let folder = try Scratch()
        try folder.write("variables/one", [3])
        let scratch = try Scratch()
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        _ = try ArchiveWriter.write(openFolder: descriptor, to: scratch.path + "/a", rules: Self.lenient)
        let list = try #require(popen("tar -tzf \(scratch.path)/a", "r"))
        defer { pclose(list) }
        var text = [UInt8](repeating: 0, count: 4096)
        let count = fread(&text, 1, text.count, list)
        #expect(String(decoding: text[..<count], as: UTF8.self) == "./variables/\n./variables/one\n")
    }

    @Test("A huge folder is refused before it is read")
    func huge() throws {
        let large = try Scratch()
        try large.write("model", [])
        // A sparse file of a terabyte.
        try #require(truncate(large.path + "/model", 1 << 40) == 0)
        #expect(try #require(throws: ArchiveError.self) { try Self.pack(large) }.code == .archiveTooLarge)
        let many = try Scratch()
        for number in 0..<101 { try many.write("d/\(number)", []) }
        #expect(try #require(throws: ArchiveError.self) { try Self.pack(many) }.code == .tooManyMembers)
    }
}
