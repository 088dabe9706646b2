import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("What a submission names of its folder")
struct FolderFilesTests {
    private static let right = WorkflowRequest(
        folder: "luca", files: "files_local.txt", labels: "labels_local.txt", model: "ex_keras_model.py",
        params: "params_local.json")

    /// A folder as users pack it, with a link that no upload could hold.
    private static func withFolder<Value>(_ body: (FolderFiles) throws -> Value) throws -> Value {
        let root = NSTemporaryDirectory() + "folder-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root + "/data", withIntermediateDirectories: true)
        for (name, text) in [
            ("files_local.txt", "\n  signal.root\nbackground.root\n"), ("files_remote.txt", "/store/a.root\r\nb.root"),
            ("files_root.txt", "root://host//a.root"), ("empty.txt", " \n\n"), ("labels_local.txt", "1\n0\n"),
            ("ex_keras_model.py", "def model(idim): ..."), ("params_local.json", #"{"nevts": -1}"#),
            ("list.json", "[1]"), ("broken.json", "{\n\"a\": }"), ("data/preproc.json", "{}"),
        ] {
            try text.write(toFile: "\(root)/\(name)", atomically: true, encoding: .utf8)
        }
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: root + "/bytes.txt"))
        try Data(count: 1 << 20 + 1).write(to: URL(fileURLWithPath: root + "/long.txt"))
        #expect(symlink("/etc/passwd", root + "/link.txt") == 0)
        return try body(FolderFiles(folder: "luca", path: root))
    }

    private static func faults(_ change: (inout WorkflowRequest) -> Void) throws -> [FieldFault] {
        var request = right
        change(&request)
        var found: [FieldFault] = []
        try withFolder { files in
            do {
                _ = try files.check(request)
            } catch let error as SlipwayError {
                #expect(error.code == .invalid)
                found = error.faults
            }
        }
        return found
    }

    @Test(
        "Files are remote where one line is",
        arguments: [("files_local.txt", false), ("files_remote.txt", true), ("files_root.txt", true)])
    func remote(files: String, isRemote: Bool) throws {
        var request = Self.right
        request.files = files
        request.preproc = "data/preproc.json"
        #expect(try Self.withFolder { try $0.check(request) }.isRemote == isRemote)
    }

    @Test(
        "Labels are a file's, or the name of a branch that is no file's", arguments: ["labels_local.txt", "isSignal"])
    func labels(text: String) throws {
        #expect(try Self.faults { $0.labels = text } == [])
    }

    @Test(
        "A name that is no file of the folder is refused under its field, with what the folder has",
        arguments: [
            ("files_lokal.txt", "did you mean “files_local.txt”?"), ("nothing", "It has broken.json, bytes.txt"),
            ("/etc/passwd", "path of a file within"), ("../luca/files_local.txt", "path of a file within"),
            ("data/../files_local.txt", "path of a file within"), ("./files_local.txt", "path of a file within"),
            ("data", "is not a file"), ("link.txt", "is not a file"), ("", "is missing"), ("a\nb", "path of a file"),
            (String(repeating: "a", count: 1001), "path of a file"),
        ])
    func refused(name: String, words: String) throws {
        let fields: [(String, WritableKeyPath<WorkflowRequest, String>)] = [
            ("files", \.files), ("model", \.model), ("params", \.params),
        ]
        for (field, path) in fields {
            let faults = try Self.faults { $0[keyPath: path] = name }
            #expect(faults.map(\.path) == [field])
            #expect(faults.first?.message.contains(words) == true, "\(faults)")
        }
        #expect(try Self.faults { $0.preproc = name }.map(\.path) == ["preproc"])
    }

    @Test(
        "Labels that are neither a file nor a branch are refused",
        arguments: ["labels.txt", "a/b", "", "two words", "labels_local"])
    func wrongLabels(text: String) throws {
        #expect(try Self.faults { $0.labels = text }.map(\.path) == ["labels"])
    }

    @Test(
        "What a file holds is looked at before a job is made for it",
        arguments: [
            ("files", "empty.txt", "names no file"), ("files", "bytes.txt", "not UTF-8"),
            ("files", "long.txt", "at most 1048576"), ("params", "list.json", "must hold one JSON object"),
            ("params", "broken.json", "in line 2"), ("params", "long.txt", "at most 1048576"),
        ])
    func contents(field: String, name: String, words: String) throws {
        let faults = try Self.faults { if field == "files" { $0.files = name } else { $0.params = name } }
        #expect(faults.map(\.path) == [field])
        #expect(faults.first?.message.contains(words) == true, "\(faults)")
    }

    @Test("All faults come at once")
    func together() throws {
        let faults = try Self.faults { request in
            request.files = "a.txt"
            request.labels = "b.txt"
            request.model = "c.py"
            request.params = "d.json"
            request.preproc = "e.json"
        }
        #expect(faults.map(\.path) == ["files", "labels", "model", "params", "preproc"])
    }
}
