import Foundation
import SlipwayAPI
import Testing

@Suite("Trainings that cannot be")
struct BadSampleTests {
    /// What is submitted, and what the task's message has to hold.
    private static let cases: [(changes: [String: String], words: [String])] = [
        (["files": "files_missing.txt"], ["nowhere.root", "missing"]),
        (["files": "files_broken.txt"], ["broken.root"]),
        (["files": "files_text.txt"], ["text.root"]),
        (["params": "params_tree.json"], ["nothing/here", "signal.root"]),
        (["labels": "labels_three.txt"], ["3 labels", "2 files"]),
        (["params": "params_no_branch.json"], ["branch"]),
        (["model": "no_model.py"], ["no_model.py", "model(idim)"]),
        (["preproc": "cut_all.json"], ["nJet > 1000"]),
    ]

    @Test("Each ends failed, with one sentence that names what was wrong")
    func sentences() async throws {
        try await withTestServer { server in
            let sample = try await MadeSample(events: 600, for: server)
            let whole = try Data(contentsOf: URL(fileURLWithPath: sample.folder + "/signal.root"))
            try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: sample.folder + "/broken.root"))
            try sample.write("text.root", "These are no events.\n")
            try sample.write("files_missing.txt", "signal.root\nnowhere.root\n")
            try sample.write("files_broken.txt", "broken.root\nbackground.root\n")
            try sample.write("files_text.txt", "signal.root\ntext.root\n")
            try sample.write("labels_three.txt", "1\n0\n1\n")
            try sample.write("no_model.py", "def network(idim):\n    return None\n")
            try sample.write("cut_all.json", #"{"cuts": "nJet > 1000"}"#)
            try sample.writeParameters("params_tree.json", ["branch": "nothing/here"])
            try sample.writeParameters("params_no_branch.json", ["exclude_branches": ["*"]])
            try await sample.upload(to: server, as: "luca")
            for (index, example) in Self.cases.enumerated() {
                #expect(try await server.submitSample("luca", example.changes) == "luca_\(index + 1)")
            }
            for (index, example) in Self.cases.enumerated() {
                let process = "luca_\(index + 1)"
                try await server.waitForProcess(process, "Exited (1)", within: .seconds(300))
                let listed: TaskListAnswer = try await server.get("/api/v1/tasks?limit=100").decoded()
                let task = try #require(listed.tasks.first { $0.experiment == process })
                #expect(task.state == "failed")
                let message = task.message ?? ""
                for words in example.words { #expect(message.contains(words), "\(message)") }
                #expect(!message.contains("Traceback"), "\(message)")
                #expect(!message.contains("\n"), "\(message)")
                #expect(try await server.get("/api/v1/models/\(process)").status == 404)
            }
        }
    }
}
