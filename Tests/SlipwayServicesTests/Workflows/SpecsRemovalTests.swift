import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Removing a folder's specs")
struct SpecsRemovalTests {
    private func withUpload(_ body: (UploadFolder) throws -> Void) throws {
        let upload = UploadFolder(path: NSTemporaryDirectory() + "specs-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(atPath: upload.path) }
        try FileManager.default.createDirectory(atPath: upload.specs + "/sub", withIntermediateDirectories: true)
        for name in ["specs-a.json", "global-specs.json", "sub/any", ".hidden", ".specs-x7"] {
            try "{}".write(toFile: "\(upload.specs)/\(name)", atomically: true, encoding: .utf8)
        }
        try body(upload)
    }

    @Test("All go but what a job is writing just now")
    func all() throws {
        try withUpload { upload throws in
            try upload.removeSpecs(patience: .seconds(600))
            #expect(try FileManager.default.contentsOfDirectory(atPath: upload.specs) == [".specs-x7"])
        }
    }

    @Test("It ends when its time is over, and says so, whatever a script goes on writing")
    func time() throws {
        try withUpload { upload throws in
            let error = #expect(throws: SlipwayError.self) { try upload.removeSpecs(patience: .zero) }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("writes new ones") == true)
            #expect(FileManager.default.fileExists(atPath: upload.specs + "/specs-a.json"))
        }
    }

    @Test("A removal that is told to stop leaves the version for the next one")
    func stopped() throws {
        try withUpload { upload throws in
            let stop = StopSign()
            stop.raise()
            #expect(throws: CancellationError.self) { try FolderRemoval.remove(upload.path, stop: stop) }
            #expect(FileManager.default.fileExists(atPath: upload.specs + "/specs-a.json"))
            #expect(try FolderRemoval.remove(upload.path, stop: StopSign()) == 10)
        }
    }
}
