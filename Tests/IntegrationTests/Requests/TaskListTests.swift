import SlipwayAPI
import Testing

@Suite("Lists of tasks")
struct TaskListTests {
    /// What is asked for, and the same as a condition on the table.
    private static let filters = [
        ("", "true"), ("owner=ada", "owner = 'ada'"), ("state=failed", "state = 'failed'"),
        ("state=failed&state=cancelled", "state IN ('failed', 'cancelled')"),
        ("experiment=even", "experiment = 'even'"),
        ("experiment=even&state=failed", "experiment = 'even' AND state = 'failed'"),
        ("experiment=even&owner=bob", "experiment = 'even' AND owner = 'bob'"),
        ("owner=bob&state=cancelled&experiment=odd", "owner = 'bob' AND state = 'cancelled' AND experiment = 'odd'"),
        ("cluster=atena02&state=lost", "state = 'lost'"), ("cluster=elsewhere", "false"), ("owner=vera", "false"),
    ]

    @Test("Whatever is asked for, the pages together hold every task that fits, once, the newest first")
    func pages() async throws {
        let refusing = """
            #!/bin/sh
            echo 'sbatch: error: Batch job submission failed: Invalid account specified' >&2
            exit 1
            """
        try await withTestServer(ServerSettings(tools: ["sbatch": refusing])) { server in
            let task = try await server.submit()
            #expect(try await task.end().state == "failed")
            try await server.sql(
                """
                INSERT INTO tasks (id, owner_id, state, reason, cluster, experiment, specification, config,
                        content_digest, finished_at)
                    SELECT '00000000' || lpad(n::text, 2, '0'), u.id, s.state::task_state,
                        CASE s.state WHEN 'failed' THEN 'exit_code'::failure_reason END, t.cluster,
                        CASE n % 2 WHEN 0 THEN 'even' ELSE 'odd' END, t.specification, t.config, t.content_digest, now()
                    FROM generate_series(0, 59) n
                        JOIN tasks t ON t.id = '\(task.id)'
                        JOIN users u ON u.name = CASE WHEN n % 3 = 0 THEN 'bob' ELSE 'ada' END
                        JOIN (VALUES (0, 'failed'), (1, 'cancelled'), (2, 'lost'), (3, 'cancelled')) s (rest, state)
                            ON s.rest = n % 4;
                """)
            for (query, condition) in Self.filters {
                let expected = try await server.sql(
                    """
                    SELECT t.id FROM (SELECT t.*, u.name AS owner FROM tasks t JOIN users u ON u.id = t.owner_id) t
                    WHERE \(condition) ORDER BY id DESC
                    """
                ).split(separator: "\n").map(String.init)
                #expect(try await Self.ids(query, as: .admin, of: server) == expected, "\(query)")
            }
            let own = try await server.sql(
                "SELECT t.id FROM tasks t JOIN users u ON u.id = t.owner_id WHERE u.name = 'bob' ORDER BY t.id DESC")
            #expect(try await Self.ids("", as: .bob, of: server) == own.split(separator: "\n").map(String.init))
        }
    }

    private static func ids(_ query: String, as person: Person, of server: TestServer) async throws -> [String] {
        var ids: [String] = []
        var cursor = ""
        while true {
            let page: TaskListAnswer = try await server.get("/api/v1/tasks?limit=7&\(query)\(cursor)", as: person)
                .decoded()
            ids += page.tasks.map(\.id)
            guard let next = page.nextCursor else { return ids }
            cursor = "&cursor=\(next)"
        }
    }
}
