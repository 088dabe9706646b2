import Foundation
import SlipwayAPI
import Testing

@Suite("The same request again", .sharedServer(), .serialized)
struct IdempotencyTests {
    @Test("The same key with the same files is the same task, with others a conflict, and for somebody else a new task")
    func sameKey() async throws {
        let server = try TestServer.shared()
        let form = try MultipartForm.task(TaskConfig(), .barren)
        let headers = ["Idempotency-Key": "once-\(UUID().uuidString)"]
        let first: TaskAnswer = try await server.post("/new_task", form: form, headers: headers).decoded(status: 201)
        for path in ["/new_task", "/api/v1/tasks", "/new_task/"] {
            let again = try await server.post(path, form: form, headers: headers)
            #expect(try again.decoded(TaskAnswer.self, status: 200).id == first.id)
        }
        let other = try MultipartForm.task(TaskConfig(), .quick)
        let refused: ProblemAnswer = try await server.post("/new_task", form: other, headers: headers).decoded(
            status: 409)
        #expect(refused.detail.contains(first.id))
        #expect(refused.errors?.map(\.path) == ["Idempotency-Key"])
        let own = try MultipartForm.task(TaskConfig(experiment: "of bob"), .barren)
        let bobs: TaskAnswer = try await server.post("/new_task", form: own, as: .bob, headers: headers)
            .decoded(status: 201)
        #expect(bobs.id != first.id)
        let stored = try await server.stored()
        #expect(stored.incoming.isEmpty)
        #expect(stored.folders.subtracting([".incoming"]) == stored.listed)
    }

    @Test("Twenty requests with one key at one time make one task")
    func concurrent() async throws {
        let server = try TestServer.shared()
        let form = try MultipartForm.task(TaskConfig(experiment: "twenty"), .barren)
        let headers = ["Idempotency-Key": "twenty-\(UUID().uuidString)"]
        let answers = try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
            for _ in 1...20 {
                group.addTask { try await server.post("/new_task", form: form, headers: headers) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0.status == 201 } == 1)
        #expect(answers.count { $0.status == 200 } == 19)
        let ids = Set(try answers.map { try $0.decoded(TaskAnswer.self, status: $0.status).id })
        #expect(ids.count == 1)
        let list: TaskListAnswer = try await server.get("/api/v1/tasks?experiment=twenty").decoded()
        #expect(list.tasks.map(\.id) == Array(ids))
        let folders = try FileManager.default.contentsOfDirectory(atPath: server.folder + "/tasks")
        let same = folders.filter { name in
            let config = FileManager.default.contents(atPath: "\(server.folder)/tasks/\(name)/config.json") ?? Data()
            return String(decoding: config, as: UTF8.self).contains("twenty")
        }
        #expect(same == Array(ids))
    }
}

@Suite("A dry run", .sharedServer(), .serialized)
struct DryRunTests {
    @Test("It answers the script and the checks and stores nothing, also with a key, which stays free")
    func nothingStored() async throws {
        let server = try TestServer.shared()
        let before = try await server.stored()
        let form = try MultipartForm.task(TaskConfig(experiment: "dry"), .quick, files: ["a.txt": Data("a".utf8)])
        let headers = ["Idempotency-Key": "dry-\(UUID().uuidString)"]
        for path in ["/new_task?dry_run=true", "/api/v1/tasks?dry_run=true"] {
            let preview: TaskPreviewAnswer = try await server.post(path, form: form, headers: headers).decoded()
            #expect(preview.script.hasPrefix("#!/bin/bash"))
            #expect(preview.script.contains("#SBATCH"))
            #expect(preview.checks.contains { $0.contains("wine_classification") })
            #expect(try await server.stored() == before)
        }
        #expect(before.listed.isEmpty)
        #expect(try await Slurm.queue(under: server.folder).isEmpty)
        let task: TaskAnswer = try await server.post("/new_task", form: form, headers: headers).decoded(status: 201)
        #expect(try await server.stored().listed == [task.id])
    }

    @Test("The script of a dry run is the one that is submitted, but for the task's id")
    func sameScript() async throws {
        let server = try TestServer.shared()
        let form = try MultipartForm.task(TaskConfig(experiment: "same"), .barren)
        let preview: TaskPreviewAnswer = try await server.post("/new_task?dry_run=true", form: form).decoded()
        let answer: TaskAnswer = try await server.post("/new_task", form: form).decoded(status: 201)
        let task = TestTask(server: server, id: answer.id, owner: .ada)
        try await task.until("succeeded")
        let script = try await server.get("\(task.path)/script").text
        let foreign = try #require(preview.script.firstMatch(of: /\/tasks\/([0-9a-z]{10})\b/)?.output.1)
        #expect(preview.script.replacingOccurrences(of: foreign, with: task.id) == script)
    }
}
