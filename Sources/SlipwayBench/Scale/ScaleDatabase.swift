import Foundation

/// Tasks in great numbers, made by SQL from one that a server has stored.
struct ScaleDatabase: Sendable {
    let psql: String
    let url: String
    let folder: String

    init(workplace: Workplace, url: String, folder: String) {
        psql = workplace.postgresBinaries + "/psql"
        self.url = url
        self.folder = folder
    }

    @discardableResult
    func run(_ text: String) async throws -> String {
        let file = folder + "/statements.sql"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return try await Command.run(psql, ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", file, url])
    }

    /// Adds ended tasks of the last 300 days: four of five succeeded, each with an attempt, two events and, where it
    /// succeeded, a version of one of a hundred models.
    func addEnded(_ count: Int) async throws {
        try await run(
            """
            \(Self.prelude)
            CREATE TEMP TABLE made AS
                SELECT n, created, pg_temp.task_id(created, n) AS id, 'experiment-' || n % 100 AS experiment,
                    (CASE WHEN n % 5 > 0 THEN 'succeeded' WHEN n % 25 = 0 THEN 'cancelled' ELSE 'failed' END)::task_state
                        AS state,
                    CASE WHEN n % 5 = 0 AND n % 25 > 0 THEN 'exit_code'::failure_reason END AS reason
                FROM (SELECT n, now() - interval '1 day' - (\(count) - n) * interval '300 days' / \(count) AS created
                    FROM generate_series(1, \(count)) n) numbers;
            INSERT INTO tasks (id, owner_id, state, reason, cluster, experiment, specification, config, attempt,
                    content_digest, created_at, updated_at, finished_at)
                SELECT m.id, s.owner_id, m.state, m.reason, s.cluster, m.experiment, s.specification, s.config, 1,
                    s.content_digest, created, created + interval '1 hour', created + interval '1 hour'
                FROM made m, seed s;
            INSERT INTO attempts (task_id, number, cluster, state, reason, job_id, raw_state, created_at,
                    submission_ends_by, submitted_at, started_at, finished_at, exit_code, node, submissions)
                SELECT m.id, 1, s.cluster, m.state, m.reason, n, 'COMPLETED', created, created + interval '1 minute',
                    created, created, created + interval '1 hour', 0, 'node1', 1
                FROM made m, seed s;
            INSERT INTO events (task_id, attempt, state, reason, witness, raw, fact_at, learned_at)
                SELECT m.id, 1, CASE step WHEN 1 THEN 'submitting' ELSE m.state END,
                    CASE step WHEN 2 THEN m.reason END, CASE step WHEN 1 THEN 'slipway' ELSE 'sacct' END::witness,
                    'COMPLETED', created, created
                FROM made m, generate_series(1, 2) step ORDER BY n, step;
            INSERT INTO models (name, owner_id, last_version)
                SELECT 'experiment-' || k, s.owner_id, \(count) FROM generate_series(0, 99) k, seed s;
            INSERT INTO model_versions (name, version, task_id, owner_id, created_at, published_at, format, sha256,
                    bytes, cluster)
                SELECT m.experiment, n, m.id, s.owner_id, created, created, 'onnx', repeat('a', 64), 1000, s.cluster
                FROM made m, seed s WHERE m.state = 'succeeded';
            VACUUM (ANALYZE) tasks, attempts, events, models, model_versions;
            CHECKPOINT;
            """)
    }

    /// Lets so many tasks be under way, half of them running, with job ids from 2,000,001 on, and none else.
    func setActive(_ count: Int) async throws {
        try await run(
            """
            \(Self.prelude)
            CREATE TEMP TABLE old AS SELECT id FROM tasks WHERE state IN ('pending', 'running');
            DELETE FROM events WHERE task_id IN (SELECT id FROM old);
            DELETE FROM attempts WHERE task_id IN (SELECT id FROM old);
            DELETE FROM tasks WHERE id IN (SELECT id FROM old);
            CREATE TEMP TABLE made AS
                SELECT n, created, pg_temp.task_id(created, n) AS id,
                    (CASE WHEN n * 2 <= \(count) THEN 'running' ELSE 'pending' END)::task_state AS state
                FROM (SELECT n, now() - interval '6 hours' + n * interval '1 second' AS created
                    FROM generate_series(1, \(count)) n) numbers;
            INSERT INTO tasks (id, owner_id, state, cluster, experiment, specification, config, attempt, content_digest,
                    created_at, updated_at)
                SELECT m.id, s.owner_id, m.state, s.cluster, 'experiment-' || n % 100, s.specification, s.config, 1,
                    s.content_digest, created, created
                FROM made m, seed s;
            INSERT INTO attempts (task_id, number, cluster, state, job_id, raw_state, pending_reason, created_at,
                    submission_ends_by, submitted_at, started_at, submissions, node)
                SELECT m.id, 1, s.cluster, m.state, 2000000 + n,
                    CASE m.state WHEN 'running' THEN 'RUNNING' ELSE 'PENDING' END,
                    CASE m.state WHEN 'pending' THEN 'Priority' END, created, created + interval '1 minute', created,
                    CASE m.state WHEN 'running' THEN created END, 1, CASE m.state WHEN 'running' THEN 'node1' END
                FROM made m, seed s;
            INSERT INTO events (task_id, attempt, state, witness, fact_at)
                SELECT m.id, 1, step, 'slipway', created
                FROM made m, unnest('{submitting,pending,running}'::task_state[]) step
                WHERE step <= m.state ORDER BY n, step;
            VACUUM (ANALYZE) tasks, attempts, events;
            CHECKPOINT;
            """)
    }

    /// A task under way.
    struct Active: Sendable {
        var id: String
        var isRunning: Bool
        var jobID: Int64
    }

    func active() async throws -> [Active] {
        let text = try await run(
            "SELECT task_id, state, job_id FROM attempts WHERE state IN ('pending', 'running') ORDER BY task_id")
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: "|")
            guard words.count == 3, let job = Int64(words[2]) else { return nil }
            return Active(id: String(words[0]), isRunning: words[1] == "running", jobID: job)
        }
    }

    /// So many ids, evenly from the oldest to the newest.
    func someIDs(_ count: Int) async throws -> [String] {
        try await run(
            """
            SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS all_rows FROM tasks) t
            WHERE n % greatest(all_rows / \(count), 1) = 0 ORDER BY id LIMIT \(count)
            """
        ).split(separator: "\n").map(String.init)
    }

    /// The task that a server has stored is the model of all others; ids are made as the server makes them. Foreign
    /// keys hold by construction: looking them up a million times would take minutes.
    private static let prelude = """
        SET session_replication_role = replica;
        SET maintenance_work_mem = '512MB';
        CREATE TEMP VIEW seed AS SELECT * FROM tasks WHERE experiment = 'bench_scale' LIMIT 1;
        CREATE FUNCTION pg_temp.base32(v bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT \((0..<10).reversed().map { "substr('0123456789abcdefghjkmnpqrstvwxyz', ((v >> \(5 * $0)) & 31)::integer + 1, 1)" }.joined(separator: " || ")) $$;
        CREATE FUNCTION pg_temp.task_id(at timestamptz, n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT pg_temp.base32((((extract(epoch FROM at) - 1735689600) * 500)::bigint << 10) | (n & 1023)) $$;
        """
}
