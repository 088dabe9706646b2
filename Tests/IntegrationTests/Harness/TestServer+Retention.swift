import Foundation

extension TestServer {
    /// What a dry run must leave alone.
    func everything() async throws -> String {
        let files = try await Command(
            program: "find", arguments: [folder + "/tasks", folder + "/models", "-printf", "%p %y %s %m %T@\n"]
        ).run().text
        let rows = try await sql(
            "SELECT t::text FROM tasks t ORDER BY id; SELECT v::text FROM model_versions v ORDER BY name, version; "
                + "SELECT r::text FROM version_removals r; SELECT a::text FROM model_aliases a ORDER BY name, alias")
        return files.split(separator: "\n").sorted().joined(separator: "\n") + "\n" + rows
    }

    func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)").filter { !$0.hasPrefix(".") }.sorted()
    }

    func plant(_ text: String, at path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    func age(_ task: TestTask, days: Int) async throws {
        try await sql("UPDATE tasks SET finished_at = now() - interval '\(days) days' WHERE id = '\(task.id)'")
    }

    /// A task that succeeded so long ago, with its folder.
    func plantTask(_ number: Int, days: Int) async throws -> String {
        let id = "000000000\(number)"
        try await sql(
            """
            INSERT INTO tasks (id, owner_id, state, cluster, experiment, specification, config, content_digest, finished_at)
            VALUES ('\(id)', (SELECT min(id) FROM users), 'succeeded', '\(environment.cluster)', 'trial', '{}', '{}', '',
                now() - interval '\(days) days')
            """)
        for path in ["files", "attempts/1/output"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/tasks/\(id)/\(path)", withIntermediateDirectories: true)
        }
        for path in ["files/train.py", "attempts/1/output/model", "attempts/1/job.sbatch", "job_\(number).txt"] {
            try plant("content", at: "\(folder)/tasks/\(id)/\(path)")
        }
        return id
    }

    /// Tasks as a task is, that ended so long ago.
    func plantCopies(of task: TestTask, count: Int, days: Int) async throws -> [String] {
        let ids = (100..<100 + count).map { "0000000\($0)" }
        try await sql(
            """
            INSERT INTO tasks (id, owner_id, state, reason, cluster, experiment, specification, config, content_digest,
                finished_at)
            SELECT copy, owner_id, state, reason, cluster, experiment, specification, config, content_digest,
                now() - interval '\(days) days'
            FROM tasks, unnest('{\(ids.joined(separator: ","))}'::text[]) copy WHERE id = '\(task.id)'
            """)
        for id in ids {
            try FileManager.default.copyItem(atPath: task.folder, toPath: "\(folder)/tasks/\(id)")
        }
        return ids
    }

    /// A version of each task, the last one the newest.
    func plantVersions(of name: String, tasks: [String], days: Int) async throws {
        try await sql("INSERT INTO models (name, owner_id) SELECT '\(name)', min(id) FROM users")
        for (index, task) in tasks.enumerated() {
            try await sql(
                """
                INSERT INTO model_versions (name, version, task_id, cluster, owner_id, published_at, format, sha256, bytes)
                SELECT '\(name)', \(index + 1), '\(task)', '\(environment.cluster)', min(id),
                    now() - interval '\(days) days', 'unknown', repeat('0', 64), 7 FROM users
                """)
            try plantVersionFolder(name, index + 1)
        }
    }

    /// Versions that somebody uploaded by hand.
    func plantUploadedVersion(_ name: String, versions: Int, days: Int) async throws {
        try await sql("INSERT INTO models (name, owner_id) SELECT '\(name)', min(id) FROM users")
        for version in 1...versions {
            try await sql(
                """
                INSERT INTO model_versions (name, version, owner_id, published_at, format, sha256, bytes)
                SELECT '\(name)', \(version), min(id), now() - interval '\(days) days', 'unknown', repeat('0', 64), 7
                FROM users
                """)
            try plantVersionFolder(name, version)
        }
    }

    private func plantVersionFolder(_ name: String, _ version: Int) throws {
        let path = "\(folder)/models/\(name)/\(version)"
        try FileManager.default.createDirectory(atPath: path + "/files", withIntermediateDirectories: true)
        try plant("content", at: path + "/model.tar.gz")
    }

    /// Runs `slipway prune` with a policy that the server itself does not have, so that it does not act as well.
    func prune(
        _ arguments: [String] = [], policy: String, fault: String? = nil
    ) async throws -> Command.Output {
        let file = folder + "/retention.yml"
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        let line = "    command_timeout:"
        try text.replacingOccurrences(of: "    retention: \(policy)\n", with: "")
            .replacingOccurrences(of: line, with: "    retention: \(policy)\n\(line)")
            .write(toFile: file, atomically: true, encoding: .utf8)
        return try await Command(
            program: environment.serverBinary, arguments: ["prune"] + arguments + ["--config", file],
            environment: fault.map { ["SLIPWAY_FAULT": $0] } ?? [:]
        ).run(within: .seconds(60))
    }
}
