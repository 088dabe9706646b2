/// What a server's database says, read in one transaction.
struct AuditRecords: Sendable {
    struct TaskRow: Sendable {
        var id: String
        var state: String
        var reason: String?
        /// Number of the present attempt.
        var attempt: Int
    }

    struct AttemptRow: Sendable {
        var task: String
        var number: Int
        var state: String
        var jobID: Int64?
    }

    struct VersionRow: Sendable {
        var name: String
        var version: Int
        var task: String
        /// Nil while the number is only reserved.
        var sha256: String?
    }

    struct EventRow: Sendable {
        var task: String
        var attempt: Int
        var state: String
    }

    private(set) var tasks: [String: TaskRow] = [:]
    private(set) var attempts: [AttemptRow] = []
    private(set) var versions: [VersionRow] = []
    /// Model → version that `default` names.
    private(set) var defaults: [String: Int] = [:]
    /// In their order.
    private(set) var events: [EventRow] = []
    /// Ids of servers that live, in lower case.
    private(set) var servers: Set<String> = []

    /// The first column says which table a row is of.
    static let query = """
        SELECT 'task', id, state, coalesce(reason::text, ''), attempt FROM tasks;
        SELECT 'attempt', task_id, number, state, coalesce(job_id, 0) FROM attempts;
        SELECT 'version', name, version, coalesce(task_id, ''),
            CASE WHEN published_at IS NULL THEN '' ELSE sha256 END FROM model_versions;
        SELECT 'default', name, version FROM model_aliases WHERE alias = 'default';
        SELECT 'event', task_id, attempt, state FROM events ORDER BY id;
        SELECT 'server', id FROM servers WHERE alive_until > now();
        """

    /// - Parameter text: What psql printed.
    init(_ text: String) throws {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            switch (fields[0], fields.count) {
            case ("task", 5):
                tasks[fields[1]] = TaskRow(
                    id: fields[1], state: fields[2], reason: fields[3].isEmpty ? nil : fields[3],
                    attempt: Int(fields[4]) ?? 0)
            case ("attempt", 5):
                attempts.append(
                    AttemptRow(
                        task: fields[1], number: Int(fields[2]) ?? 0, state: fields[3],
                        jobID: Int64(fields[4]).flatMap { $0 == 0 ? nil : $0 }))
            case ("version", 5):
                versions.append(
                    VersionRow(
                        name: fields[1], version: Int(fields[2]) ?? 0, task: fields[3],
                        sha256: fields[4].isEmpty ? nil : fields[4]))
            case ("default", 3): defaults[fields[1]] = Int(fields[2])
            case ("event", 4):
                events.append(EventRow(task: fields[1], attempt: Int(fields[2]) ?? 0, state: fields[3]))
            case ("server", 2): servers.insert(fields[1].lowercased())
            case (_, _): throw TestFailure("psql printed “\(line)”")
            }
        }
    }
}
