import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Files where scripts write")
struct StoredFileTests {
    /// A folder with a file, and what a hostile script may put beside it.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let root = NSTemporaryDirectory() + "stored-file-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        let task = root + "/task"
        for folder in [task + "/files", root + "/secret"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        for file in [task + "/files/train.py", root + "/secret/key"] {
            try "content".write(toFile: file, atomically: true, encoding: .utf8)
        }
        #expect(symlink("train.py", task + "/files/link") == 0)
        #expect(symlink(root + "/secret", task + "/folder") == 0)
        #expect(mkfifo(task + "/files/pipe", 0o600) == 0)
        try body(task)
    }

    @Test("A regular file is found and read")
    func found() throws {
        try withFolder { task in
            let file = try #require(StoredFile.at(task + "/files/train.py", within: task))
            #expect(file.bytes == 7 && file.name == "train.py")
            #expect(file.content.contents(limit: 100) == Data("content".utf8))
            #expect(file.content.contents(at: 3, limit: 2) == Data("te".utf8))
        }
    }

    @Test("What is found stays the same file when another takes its name")
    func held() throws {
        try withFolder { task in
            let path = task + "/files/train.py"
            let file = try #require(StoredFile.at(path, within: task))
            try FileManager.default.removeItem(atPath: path)
            #expect(symlink("/etc/passwd", path) == 0)
            #expect(file.content.contents(limit: 100) == Data("content".utf8))
            #expect(StoredFile.at(path, within: task) == nil)
        }
    }

    @Test(
        "Links, pipes, folders and ways out of the folder are no files",
        arguments: [
            "files/link", "files/pipe", "files", "folder/key", "folder", "../secret/key", "files/../files/train.py",
            "files//train.py", "./files/train.py", "", "none", "files/train.py/", "files/train.py\0",
        ])
    func refused(path: String) throws {
        try withFolder { task in
            #expect(StoredFile.at("\(task)/\(path)", within: task) == nil)
        }
    }

    @Test("The list of a folder has its regular files, and follows no link")
    func listed() throws {
        try withFolder { task in
            let files = OpenFolder(task)?.files(limit: 10)
            #expect(files?.map(\.path) == ["files/train.py"])
            let linked = OpenFolder(task + "/folder")?.files(limit: 10)
            #expect(linked?.count == nil)
        }
    }

    @Test("A file is written anew, whatever link waits under its temporary name")
    func written() throws {
        try withFolder { task in
            let (path, victim) = (task + "/job.sbatch", task + "/files/train.py")
            #expect(symlink(victim, path + ".tmp") == 0)
            try DurableFiles.write("script", to: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "script")
            #expect(try String(contentsOfFile: victim, encoding: .utf8) == "content")
        }
    }
}
