import Foundation
import SlipwayAPI
import Testing

@Suite("Retention")
struct RetentionTests {
    private static let policy = "{task_folders: 90d, logs: 365d, archives: 180d}"

    @Test("A dry run changes nothing; prune removes exactly what is due, and what is gone is told as gone")
    func prune() async throws {
        try await withTestServer { server in
            let first = try await server.submit(TaskConfig(modelName: "kept"))
            let running = try await server.submit(TaskConfig(), .gated)
            #expect(try await first.end().state == "succeeded")
            let second = try await server.submit(TaskConfig(modelName: "kept"))
            #expect(try await second.end().state == "succeeded")
            let third = try await server.submit(TaskConfig(modelName: "kept"))
            #expect(try await third.end().state == "succeeded")
            let failed = try await server.submit(TaskConfig(), .failing)
            #expect(try await failed.end().state == "failed")
            let foreign = try await server.submit(TaskConfig(), .failing)
            #expect(try await foreign.end().state == "failed")
            try await running.until("running")
            // From here on it writes nothing.
            try await Patience.until("the running script waits") { try await running.log().contains("started\n") }
            let alias = try await server.send(
                "PUT", "/api/v1/models/kept/aliases/prod", body: Data(#"{"version": 1}"#.utf8),
                contentType: "application/json")
            #expect(alias.status < 300, "\(alias.text)")

            // What scripts can leave.
            let weird = failed.folder + "/attempts/1/output"
            try FileManager.default.createDirectory(atPath: weird + "/locked", withIntermediateDirectories: true)
            try server.plant("content", at: weird + "/locked/file")
            let precious = try server.scratch(Data("precious".utf8), name: "precious")
            #expect(symlink(server.folder, weird + "/way out") == 0)
            #expect(symlink(precious, weird + "/link") == 0)
            #expect(chmod(weird + "/locked", 0) == 0)

            try await server.age(first, days: 100)
            try await server.age(second, days: 400)
            try await server.age(failed, days: 95)
            try await server.age(foreign, days: 1000)
            try await server.sql("UPDATE tasks SET cluster = 'removed' WHERE id = '\(foreign.id)'")
            try await server.sql("UPDATE model_versions SET published_at = now() - interval '200 days'")
            try await server.plantUploadedVersion("uploaded", versions: 2, days: 900)

            let before = try await server.everything()
            let preview = try await server.prune(["--dry-run"], policy: Self.policy)
            #expect(preview.code == 0, "\(preview.errors)")
            #expect(try await server.everything() == before)
            for task in [first, second, failed] { #expect(preview.text.contains("would go  task \(task.id): files")) }
            #expect(preview.text.contains("would go  task \(second.id): log"))
            for task in [third, running, foreign] { #expect(!preview.text.contains(task.id)) }
            #expect(preview.text.contains("would go  model kept version 2"))
            #expect(preview.text.contains("kept  model kept version 1: published 200 days ago; named by “prod”"))
            #expect(!preview.text.contains("uploaded"))
            #expect(preview.text.contains("atena02  task_folders  90 days        3"))

            let done = try await server.prune(policy: Self.policy)
            #expect(done.code == 0, "\(done.errors)")
            #expect(done.text.contains("atena02  task_folders  90 days        3"))
            #expect(done.text.contains("atena02  logs          365 days       1"))
            #expect(done.text.contains("atena02  archives      180 days       1"))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: first.folder).allSatisfy { $0.hasPrefix("job_") })
            #expect(!FileManager.default.fileExists(atPath: second.folder))
            for task in [third, running, foreign] {
                #expect(FileManager.default.fileExists(atPath: task.folder + "/files/train.py"))
            }
            #expect(FileManager.default.contents(atPath: precious) == Data("precious".utf8))
            #expect(try server.names("models/kept") == ["1", "3"])
            #expect(try server.names("models/uploaded") == ["1", "2"])
            let versions: ModelVersionListAnswer = try await server.get("/api/v1/models/kept").decoded()
            #expect(versions.versions.map(\.version) == [3, 1])

            // The task and its story stay.
            let answer = try await first.now()
            #expect(answer.state == "succeeded" && answer.filesPrunedAt != nil && answer.logPrunedAt == nil)
            #expect(try await second.now().logPrunedAt != nil)
            #expect(try await !first.events().isEmpty)
            #expect(try await server.get(first.path + "/config").status == 200)
            #expect(try await first.log().contains("trained"))
            for path in ["/files", "/files/files/train.py", "/script"] {
                let gone = try await server.get(first.path + path)
                #expect(gone.status == 410, "\(path): \(gone.text)")
                #expect(gone.text.contains("removed by retention on"))
            }
            for path in ["/log", "/log?follow=true"] {
                #expect(try await server.get(second.path + path).status == 410)
            }
            let page = try await server.get("/task/\(second.id)", headers: ["Accept": "text/html"])
            #expect(page.status == 200 && page.text.contains("removed by retention"))
            let retry = try await server.post(failed.path + "/retry")
            #expect(retry.status == 409, "\(retry.text)")
            #expect(retry.text.contains("removed by retention") && retry.text.contains("95 days after"))

            // Nothing is left to do, and the running task never noticed.
            let again = try await server.prune(["-v"], policy: Self.policy)
            #expect(again.text.contains("atena02  task_folders  90 days        0"))
            try running.openGate()
            #expect(try await running.end().state == "succeeded")
        }
    }

    @Test("A retry that comes first keeps the files, and a log that went before is written anew")
    func retry() async throws {
        try await withTestServer { server in
            let policy = "{task_folders: 90d, logs: 30d}"
            let task = try await server.submit(TaskConfig(), .gatedFailing)
            try await task.until("running")
            try task.openGate()
            #expect(try await task.end().state == "failed")
            try await server.age(task, days: 40)
            #expect(try await server.prune(policy: policy).code == 0)
            #expect(try await server.get(task.path + "/log").status == 410)
            // While the disk has not followed, nothing may be queued that would write into the folder.
            try await server.sql("UPDATE tasks SET pruning = true WHERE id = '\(task.id)'")
            let early = try await server.post(task.path + "/retry")
            #expect(early.status == 409 && early.text.contains("try again"), "\(early.text)")
            #expect(try await server.prune(policy: policy).text.contains("begun before"))
            try FileManager.default.removeItem(atPath: task.folder + "/files/gate")
            try await task.retry()
            try await task.until("running", attempt: 2)
            let kept = try await server.prune(policy: policy)
            #expect(kept.code == 0, "\(kept.errors)")
            #expect(FileManager.default.fileExists(atPath: task.folder + "/files/train.py"))
            try task.openGate()
            #expect(try await task.end().attempt == 2)
            #expect(try await task.log().contains("started"))
        }
    }

    @Test("Of a retry and a prune at the same time one wins: no task is queued without its files")
    func race() async throws {
        try await withTestServer { server in
            let failed = try await server.submit(TaskConfig(), .failing)
            #expect(try await failed.end().state == "failed")
            let ids = try await server.plantCopies(of: failed, count: 30, days: 100)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let output = try await server.prune(policy: Self.policy)
                    #expect(output.code == 0, "\(output.errors)")
                }
                for id in ids {
                    let answer = try await server.post("/api/v1/tasks/\(id)/retry")
                    let pruned = try await server.sql(
                        "SELECT files_pruned_at IS NOT NULL FROM tasks WHERE id = '\(id)'")
                    #expect(answer.status == (pruned == "t" ? 409 : 202), "\(answer.text)")
                }
                try await group.waitForAll()
            }
            for id in ids {
                let pruned = try await server.sql("SELECT files_pruned_at IS NOT NULL FROM tasks WHERE id = '\(id)'")
                let hasFiles = FileManager.default.fileExists(atPath: "\(server.folder)/tasks/\(id)/files/train.py")
                #expect(hasFiles == (pruned == "f"))
            }
        }
    }

    @Test("The database refuses a pruned task that is queued, and a queued one that is pruned")
    func invariant() async throws {
        try await withTestServer { server in
            let id = try await server.plantTask(1, days: 100)
            let pruned = "files_pruned_at = now()"
            let queued = "state = 'queued', finished_at = NULL"
            try await server.sql("UPDATE tasks SET \(pruned) WHERE id = '\(id)'")
            await #expect(throws: TestFailure.self) {
                try await server.sql("UPDATE tasks SET \(queued) WHERE id = '\(id)'")
            }
            try await server.sql("UPDATE tasks SET \(queued), files_pruned_at = NULL WHERE id = '\(id)'")
            for change in [pruned, "log_pruned_at = now()", "pruning = true"] {
                await #expect(throws: TestFailure.self) {
                    try await server.sql("UPDATE tasks SET \(change) WHERE id = '\(id)'")
                }
            }
        }
    }

    @Test(
        "A prune that is killed is finished by the next one",
        arguments: [
            "prune.recorded", "prune.removed", "prune.recorded:2", "prune.removed:3", "prune.removed:4",
            "prune.recorded:3",
        ])
    func killed(point: String) async throws {
        try await withTestServer { server in
            let tasks = [try await server.plantTask(1, days: 100), try await server.plantTask(2, days: 400)]
            try await server.plantVersions(of: "made", tasks: tasks, days: 200)
            let dead = try await server.prune(policy: Self.policy, fault: point)
            #expect(dead.code == -9, "\(dead.text) \(dead.errors)")
            #expect(try await server.sql(Self.openWork) != "0")
            let preview = try await server.prune(["--dry-run"], policy: Self.policy)
            #expect(preview.text.contains("begun by an earlier run"))
            let next = try await server.prune(["-v"], policy: Self.policy)
            #expect(next.code == 0 && next.text.contains("begun by an earlier run"), "\(next.text) \(next.errors)")
            #expect(try await server.sql(Self.openWork) == "0")
            #expect(try server.names("tasks").filter { !$0.hasPrefix(".") } == [tasks[0]])
            #expect(try server.names("tasks/\(tasks[0])") == ["job_1.txt"])
            #expect(try server.names("models/made") == ["2"])
            #expect(
                try await server.sql("SELECT count(*) FROM tasks WHERE files_pruned_at IS NOT NULL") == "2")
            #expect(try await server.sql("SELECT version FROM model_versions") == "2")
        }
    }

    private static let openWork = """
        SELECT (SELECT count(*) FROM tasks WHERE pruning) + (SELECT count(*) FROM version_removals)
        """

    @Test("The server does it by itself, and finishes what a killed run began")
    func worker() async throws {
        try await withTestServer(ServerSettings(clusterLines: ["retention: \(Self.policy)"])) { server in
            try await server.kill()
            let old = try await server.plantTask(1, days: 400)
            let young = try await server.plantTask(2, days: 10)
            #expect(try await server.prune(policy: Self.policy, fault: "prune.recorded").code == -9)
            let further = try await server.plantTask(3, days: 400)
            try await server.start()
            try await Patience.until("retention has worked") {
                try await server.sql("SELECT count(*) FROM tasks WHERE log_pruned_at IS NOT NULL AND NOT pruning")
                    == "2"
            }
            for id in [old, further] {
                #expect(!FileManager.default.fileExists(atPath: "\(server.folder)/tasks/\(id)"))
            }
            #expect(FileManager.default.fileExists(atPath: "\(server.folder)/tasks/\(young)/files/train.py"))
        }
    }

    @Test("What cannot be removed stops nothing else and is tried again")
    func problem() async throws {
        try await withTestServer { server in
            let blocked = try await server.plantTask(1, days: 100)
            let other = try await server.plantTask(2, days: 99)
            try FileManager.default.removeItem(atPath: "\(server.folder)/tasks/\(blocked)")
            try server.plant("no folder", at: "\(server.folder)/tasks/\(blocked)")
            let first = try await server.prune(policy: Self.policy)
            #expect(first.code == 0 && first.errors.contains("Task \(blocked) could not be removed"), "\(first.errors)")
            #expect(!FileManager.default.fileExists(atPath: "\(server.folder)/tasks/\(other)/files"))
            try FileManager.default.removeItem(atPath: "\(server.folder)/tasks/\(blocked)")
            let second = try await server.prune(policy: Self.policy)
            #expect(second.errors.isEmpty)
            #expect(try await server.sql(Self.openWork) == "0")
        }
    }

    @Test("However long the history, only what is due is read")
    func index() async throws {
        try await withTestServer { server in
            // The counters of a server that runs would hide what prune does.
            let url = server.folder
            try await server.kill()
            try await server.sql(
                """
                INSERT INTO tasks (id, owner_id, state, cluster, experiment, specification, config, content_digest,
                    finished_at, files_pruned_at, log_pruned_at)
                SELECT lpad(to_hex(n), 10, '0'), (SELECT min(id) FROM users), 'cancelled', '\(server.environment.cluster)',
                    'trial', '{}', '{}', '', now() - make_interval(days => CASE WHEN n % 2 = 0 THEN 500 ELSE 1 END),
                    CASE WHEN n % 2 = 0 THEN now() END, CASE WHEN n % 2 = 0 THEN now() END
                FROM generate_series(100, 20099) n;
                """)
            try await server.sql("VACUUM ANALYZE tasks")
            let due = [try await server.plantTask(1, days: 100), try await server.plantTask(2, days: 400)]
            let counters = """
                SELECT sum(seq_tup_read), (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'tasks'),
                    (SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'tasks_with_files')
                FROM pg_stat_user_tables WHERE relname = 'tasks'
                """
            func read() async throws -> [Int] {
                try await server.sql(counters).split(separator: "|").map { Int($0) ?? 0 }
            }
            let before = try await read()
            for arguments in [["--dry-run"], []] {
                let output = try await server.prune(arguments, policy: Self.policy)
                #expect(output.code == 0, "\(output.errors)")
            }
            let after = try await read()
            #expect(after[0] == before[0], "rows of tasks were read one after the other")
            #expect(
                after[1] - before[1] < 100, "\(after[1] - before[1]) rows were read for \(due.count) tasks in \(url)")
            #expect(after[2] > before[2])
        }
    }

    @Test("Without a policy nothing is removed, and a cluster that is not there is refused")
    func noPolicy() async throws {
        try await withTestServer { server in
            let id = try await server.plantTask(1, days: 4000)
            let output = try await server.operate("prune")
            #expect(output.code == 0 && output.text == "No cluster has a retention.\n")
            #expect(FileManager.default.fileExists(atPath: "\(server.folder)/tasks/\(id)/files/train.py"))
            let unknown = try await server.operate("prune", "--cluster", "nowhere")
            #expect(unknown.code == 3 && unknown.errors.contains(server.environment.cluster))
        }
    }
}
