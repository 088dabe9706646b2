import Foundation
import SlipwayAPI
import Testing

@Suite("Numbers of processes")
struct ProcessNumberTests {
    private let folder = PackedFolder()

    @Test("They count up without a gap where two servers take them at once, and refused submissions take none")
    func concurrent() async throws {
        try await withTwoServers(PackedFolder.settings(), PackedFolder.settings()) { first, second in
            #expect(try await folder.upload(to: first).status == 200)
            let names = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<24 {
                    let server = number % 2 == 0 ? first : second
                    group.addTask { try await folder.process(on: server) }
                    guard number % 4 == 0 else { continue }
                    group.addTask {
                        let refused = try await folder.submit(to: server, files: "none.txt")
                        #expect(refused.status == 400)
                        return nil
                    }
                }
                return try await group.reduce(into: [String]()) { names, name in if let name { names.append(name) } }
            }
            #expect(Set(names) == Set((1...24).map { "luca_\($0)" }))
            #expect(names.count == 24)
            #expect(try await first.sql("SELECT process_count FROM folders") == "24")
            #expect(
                try await first.sql(
                    """
                    SELECT count(*) FROM processes p JOIN tasks t ON t.id = p.task_id
                    WHERE t.config::json->>'model_name' = p.folder || '_' || p.number
                        AND t.config::json->'model_params'->>'name' = p.folder || '_' || p.number
                        AND t.specification->'serverJob'->'workflow'->'_0'->>'number' = p.number::text
                    """) == "24")
            // What lost a race left no task and no folder behind.
            #expect(try await first.sql("SELECT count(*) FROM tasks") == "24")
            let left = try FileManager.default.contentsOfDirectory(atPath: first.folder + "/tasks")
            #expect(left.count { !$0.hasPrefix(".") } == 24)
        }
    }

    @Test("They go on after a removal and another upload")
    func reuploaded() async throws {
        try await withTestServer(PackedFolder.settings()) { server in
            try await folder.upload(to: server)
            #expect(try await folder.process(on: server) == "luca_1")
            #expect(try await folder.delete("folder", on: server).status == 200)
            #expect(try await folder.submit(to: server).status == 410)
            #expect(try await folder.delete("folder", on: server).status == 410)
            try await folder.upload(to: server)
            #expect(try await folder.process(on: server) == "luca_2")
            try await folder.upload(to: server)
            #expect(try await folder.process(on: server) == "luca_3")
            #expect(
                try await server.sql("SELECT string_agg(version::text, ',' ORDER BY number) FROM processes") == "1,2,3")
        }
    }

    @Test("A number whose model's name is somebody else's is not taken, and said to be so")
    func foreignModel() async throws {
        try await withTestServer(PackedFolder.settings()) { server in
            try await folder.upload(to: server)
            try await server.sql(
                "INSERT INTO models (name, owner_id) SELECT 'luca_1', id FROM users WHERE name = 'bob'")
            let answer = try await folder.submit(to: server)
            #expect(answer.status == 409)
            #expect(answer.text.contains("luca_1") && answer.text.contains("somebody else"), "\(answer.text)")
            #expect(try await server.sql("SELECT process_count FROM folders") == "0")
        }
    }

    @Test("Nobody else can take the name of a folder's next process for a model of theirs")
    func reservedNames() async throws {
        try await withTestServer(PackedFolder.settings()) { server in
            try await folder.upload(to: server)
            // A name that only looks like a process's is free, and its body then is what is wrong.
            for (name, status) in [("luca_1", 403), ("luca_12", 403), ("luca_01", 400), ("luca", 400)] {
                let answer = try await server.send(
                    "POST", "/api/v1/models/\(name)/versions", as: .bob, body: Data("none".utf8),
                    contentType: "application/gzip")
                #expect(answer.status == status, "\(name): \(answer.text)")
            }
            let form = try MultipartForm.task(TaskConfig(modelName: "luca_2"), .quick)
            let refused = try await server.post("/new_task", form: form, as: .bob)
            #expect(refused.status == 400)
            #expect(refused.text.contains("$.model_name"), "\(refused.text)")
            #expect(try await folder.submit(to: server).status == 200)
        }
    }

    @Test("A process has Slurm's job id in its answer, and a task that its owner finds")
    func answer() async throws {
        try await withTestServer(PackedFolder.settings()) { server in
            try await folder.upload(to: server)
            let answer = try await folder.submit(to: server, device: "gpu").object()
            guard case .integer(let job)? = answer["job_id"] else { throw TestFailure("no job in \(answer)") }
            let id = try await server.sql("SELECT task_id FROM attempts WHERE job_id = \(job)")
            let task = try await TestTask(server: server, id: id, owner: .ada).now()
            #expect(task.experiment == "luca_1")
            #expect(try await server.sql("SELECT specification->>'partition' FROM tasks") == "gpu")
        }
    }
}
