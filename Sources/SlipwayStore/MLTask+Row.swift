import Foundation
import Postgres
import SlipwayCore

extension MLTask {
    /// What `init(row:)` reads, from `tasks` as `t`.
    static let columns = """
        t.id, t.owner_id, u.name AS owner, t.specification::text AS specification, t.state::text AS state,
        t.reason::text AS reason, t.message, t.created_at, t.updated_at, t.finished_at, t.cancel_requested_at,
        t.files_pruned_at, t.log_pruned_at,
        v.name AS model_name, v.version AS model_version, v.sha256 AS model_sha256, v.bytes AS model_bytes,
        a.number AS attempt_number, \(Attempt.columns)
        """

    /// What `columns` needs beside `t`.
    static let joins = """
        JOIN users u ON u.id = t.owner_id
        LEFT JOIN attempts a ON a.task_id = t.id AND a.number = t.attempt
        LEFT JOIN model_versions v ON v.task_id = t.id AND v.published_at IS NOT NULL
        """

    init(row: PostgresRow) throws {
        let id = try row.taskID("id")
        let specification = try row.decode("specification", as: String.self)
        let number = try row.decode("attempt_number", as: Int?.self)
        self.init(
            id: id,
            ownerID: User.ID(try row.decode("owner_id")),
            owner: try row.decode("owner"),
            specification: try JSONDecoder().decode(TaskSpecification.self, from: Data(specification.utf8)),
            state: try row.word("state"),
            reason: try row.optionalWord("reason"),
            message: try row.decode("message"),
            createdAt: try row.decode("created_at"),
            updatedAt: try row.decode("updated_at"),
            finishedAt: try row.decode("finished_at"),
            cancelRequestedAt: try row.decode("cancel_requested_at"),
            attempt: try number.map { try Attempt(id: Attempt.ID(task: id, number: $0), row: row) },
            model: try ModelReference(taskRow: row))
        filesPrunedAt = try row.decode("files_pruned_at")
        logPrunedAt = try row.decode("log_pruned_at")
    }
}

extension ModelReference {
    init?(taskRow row: PostgresRow) throws {
        guard let name = try row.decode("model_name", as: String?.self) else { return nil }
        self.init(
            name: name, version: try row.decode("model_version"), sha256: try row.decode("model_sha256"),
            bytes: try row.decode("model_bytes"))
    }
}

extension PostgresRow {
    /// A column that holds a task's id.
    func taskID(_ column: String) throws -> TaskID {
        let text = try decode(column, as: String.self)
        guard let id = TaskID(text) else {
            throw SlipwayError(.internal, "The database holds “\(text)”, which is not a task id.")
        }
        return id
    }

    /// A column that holds one of an enum's words.
    func word<Word: RawRepresentable<String>>(_ column: String) throws -> Word {
        guard let word: Word = try optionalWord(column) else {
            throw SlipwayError(.internal, "The database holds no value in \(column).")
        }
        return word
    }

    func optionalWord<Word: RawRepresentable<String>>(_ column: String) throws -> Word? {
        guard let text = try decode(column, as: String?.self) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw SlipwayError(
                .internal, "The database holds “\(text)” in \(column), which this version does not know.")
        }
        return word
    }
}
