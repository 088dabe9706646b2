package import Foundation

/// One change of a task's state; the data of a server-sent event whose id is `id`.
package struct TaskEventAnswer: Codable, Sendable {
    package var id: Int64
    package var task: String
    /// Number of the attempt; 0 before the first one.
    package var attempt: Int
    package var state: String
    package var reason: String?
    /// Who told: `user`, `slipway`, `sbatch`, `squeue`, `sacct`, `exit_file`.
    package var witness: String
    /// The witness's own words.
    package var raw: String?
    package var message: String?
    /// When it happened, by the witness's word.
    package var factAt: Date
    /// When Slipway came to know.
    package var learnedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, task, attempt, state, reason, witness, raw, message
        case factAt = "fact_at"
        case learnedAt = "learned_at"
    }

    package init(
        id: Int64, task: String, attempt: Int, state: String, reason: String?, witness: String, raw: String?,
        message: String?, factAt: Date, learnedAt: Date
    ) {
        self.id = id
        self.task = task
        self.attempt = attempt
        self.state = state
        self.reason = reason
        self.witness = witness
        self.raw = raw
        self.message = message
        self.factAt = factAt
        self.learnedAt = learnedAt
    }
}
