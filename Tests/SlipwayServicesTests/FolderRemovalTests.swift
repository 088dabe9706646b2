import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Removing what scripts left")
struct FolderRemovalTests {
    /// A task's folder beside one that nobody may touch.
    private func withFolder(_ body: (_ task: String, _ precious: String) throws -> Void) throws {
        let root = NSTemporaryDirectory() + "removal-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        for folder in ["/task/files/sub", "/task/attempts/1/output", "/precious"] {
            try FileManager.default.createDirectory(atPath: root + folder, withIntermediateDirectories: true)
        }
        for file in ["/task/job_7.txt", "/task/files/train.py", "/task/attempts/1/output/model", "/precious/file"] {
            try "content".write(toFile: root + file, atomically: true, encoding: .utf8)
        }
        try body(root + "/task", root + "/precious")
        #expect(FileManager.default.contents(atPath: root + "/precious/file") == Data("content".utf8))
    }

    private func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    @Test("Files go and logs stay, then logs go and the folder with them")
    func parts() throws {
        try withFolder { (task, _) throws in
            let folder = TaskFolder(path: task)
            #expect(folder.bytes(of: .files) == 14)
            #expect(folder.bytes(of: .log) == 7)
            #expect(try folder.remove([.files], stop: StopSign()) == [.files: 14])
            #expect(try FileManager.default.contentsOfDirectory(atPath: task) == ["job_7.txt"])
            #expect(try folder.remove([.files, .log], stop: StopSign()) == [.files: 0, .log: 7])
            #expect(!exists(task))
            #expect(try folder.remove([.files, .log], stop: StopSign()) == [.files: 0, .log: 0])
        }
    }

    @Test("Links are removed and never followed, neither by measuring")
    func links() throws {
        try withFolder { (task, precious) throws in
            #expect(symlink(precious, task + "/files/way out") == 0)
            #expect(symlink(precious + "/file", task + "/job_8.txt") == 0)
            #expect(symlink("..", task + "/files/sub/loop") == 0)
            #expect(TaskFolder(path: task).bytes(of: .files) == 14)
            #expect(try FolderRemoval.remove(task) == 21)
            #expect(!exists(task))
        }
    }

    @Test("A link in the place of the folder is not followed")
    func linkedFolder() throws {
        try withFolder { (task, precious) throws in
            #expect(symlink(precious, task + "/link") == 0)
            #expect(throws: SlipwayError.self) { try FolderRemoval.remove(task + "/link") }
            #expect(FolderRemoval.measure(task + "/link") == 0)
        }
    }

    @Test("Folders without permissions, names that are no text, pipes and sockets' like go")
    func weird() throws {
        try withFolder { (task, _) throws in
            #expect(mkfifo(task + "/files/pipe", 0) == 0)
            let name: [CChar] = Array((task + "/files/sub/").utf8CString.dropLast()) + [-1, -2, 10, 0]
            let descriptor = open(name, O_CREAT | O_WRONLY, 0o000)
            #expect(descriptor >= 0)
            close(descriptor)
            #expect(chmod(task + "/files/sub", 0o000) == 0)
            #expect(chmod(task + "/attempts/1/output", 0o555) == 0)
            #expect(chmod(task + "/attempts", 0o000) == 0)
            #expect(chmod(task, 0o500) == 0)
            #expect(try FolderRemoval.remove(task) == 21)
            #expect(!exists(task))
        }
    }

    @Test("A tree deeper than any path goes")
    func deep() throws {
        try withFolder { (task, _) throws in
            var folder = open(task + "/files", O_RDONLY | O_DIRECTORY)
            for _ in 0..<3000 {
                #expect(mkdirat(folder, "deeper", 0o700) == 0)
                let next = openat(folder, "deeper", O_RDONLY | O_DIRECTORY)
                close(folder)
                folder = next
            }
            #expect(folder >= 0)
            close(folder)
            #expect(FolderRemoval.measure(task) == 21)
            #expect(try FolderRemoval.remove(task) == 21)
            #expect(!exists(task))
        }
    }

    @Test("A folder of many files goes")
    func many() throws {
        try withFolder { (task, _) throws in
            for number in 0..<5000 {
                let descriptor = open(task + "/files/\(number)", O_CREAT | O_WRONLY, 0o600)
                #expect(descriptor >= 0)
                close(descriptor)
            }
            #expect(try FolderRemoval.remove(task) == 21)
            #expect(!exists(task))
        }
    }

    @Test("Where the folder around it is away, nothing counts as removed")
    func away() throws {
        try withFolder { (task, _) throws in
            #expect(throws: SlipwayError.self) { try FolderRemoval.remove(task + "/no such folder/0000000001") }
            #expect(try FolderRemoval.remove(task + "/0000000001") == 0)
        }
    }

    @Test("A raised stop sign ends the work, which can be taken up again")
    func stopped() throws {
        try withFolder { (task, _) throws in
            let stop = StopSign()
            stop.raise()
            #expect(throws: CancellationError.self) { try FolderRemoval.remove(task, stop: stop) }
            #expect(exists(task + "/files/train.py"))
            #expect(try FolderRemoval.remove(task) == 21)
        }
    }
}
