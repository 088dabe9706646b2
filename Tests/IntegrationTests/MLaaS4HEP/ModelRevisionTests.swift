import Foundation
import Testing

@Suite("Further files of a process's model")
struct ModelRevisionTests {
    private static let script = """
        import os

        with open(os.environ["SLIPWAY_OUTPUT"] + "/model.h5", "w") as file:
            file.write("weights")
        os._exit(0)
        """

    @Test("Those that come at once, by two servers, are all in the model's next versions, or their senders are told")
    func atOnce() async throws {
        try await withTwoServers { first, second in
            try await first.upload(.scripted(Self.script), as: "luca")
            let submitted = try await first.post("/mlaas4hep/submit", json: TrainingFolder.request("luca"))
            #expect(submitted.status == 200, "\(submitted.text)")
            try await Patience.until("luca_1 has ended", within: .seconds(120)) {
                try await first.dockerStatus("luca_1").hasPrefix("Exited (0) ")
            }
            // By one server all are taken; two may meet, and one of them is refused then.
            try await expect(["a.txt", "b.txt", "c.txt", "d.txt"], by: [first], mayMeet: false)
            try await expect(["e.txt", "f.txt", "g.txt", "h.txt"], by: [first, second], mayMeet: true)
        }
    }

    /// Sends the files at once, by the servers in turn: the default version then has all that were taken.
    private func expect(_ names: [String], by servers: [TestServer], mayMeet: Bool) async throws {
        let answers = try await withThrowingTaskGroup(of: (String, HTTPAnswer).self) { group in
            for (index, name) in names.enumerated() {
                let server = servers[index % servers.count]
                group.addTask {
                    var form = MultipartForm()
                    form.add(file: name, Data(name.utf8), part: "file")
                    return (name, try await server.post("/mlaas4hep/setup_tfaas?process_name=luca_1", form: form))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (_, answer) in answers where answer.status != 200 {
            #expect(mayMeet)
            #expect(answer.status == 409)
            #expect(answer.text == "The model “luca_1” has changed meanwhile; send the file again.\n")
        }
        let taken = Set(answers.filter { $0.1.status == 200 }.map(\.0))
        #expect(!taken.isEmpty)
        let archive = try await servers[0].get("/api/v1/models/luca_1/versions/default/archive")
        #expect(archive.status == 200)
        let members = try await Command(
            program: "tar", arguments: ["-tzf", "-"], inputFile: servers[0].scratch(archive.body)
        ).succeed()
        let files = Set(members.split(separator: "\n").map { String($0.drop { $0 == "." || $0 == "/" }) })
        #expect(files.isSuperset(of: taken.union(["model.h5"])), "\(files)")
    }
}
