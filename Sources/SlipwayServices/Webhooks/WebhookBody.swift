import Foundation
import SlipwayCore

/// What a receiver reads, in the shape that the Standard Webhooks specification recommends. The same message makes the
/// same bytes every time.
package struct WebhookBody: Encodable {
    /// `task.succeeded`, `task.failed`, `task.cancelled`, `task.lost`.
    var type: String
    /// When the task ended.
    var timestamp: String
    var data: Facts

    struct Facts: Encodable {
        var id: String
        var state: String
        var reason: String?
        var message: String?
        var experiment: String
        var owner: String
        var attempt: Int
        var jobID: Int64?
        var createdAt: String
        var finishedAt: String
        var model: Model?

        enum CodingKeys: String, CodingKey {
            case id, state, reason, message, experiment, owner, attempt
            case jobID = "job_id"
            case createdAt = "created_at"
            case finishedAt = "finished_at"
            case model
        }
    }

    struct Model: Encodable {
        var name: String
        var version: Int
        var sha256: String
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

extension WebhookBody {
    init(_ message: WebhookMessage) {
        let finishedAt = message.finishedAt.formatted(Self.time)
        type = "task.\(message.state.rawValue)"
        timestamp = finishedAt
        data = Facts(
            id: message.task.text, state: message.state.rawValue, reason: message.reason?.rawValue,
            message: message.message, experiment: message.experiment, owner: message.owner, attempt: message.attempt,
            jobID: message.jobID, createdAt: message.createdAt.formatted(Self.time), finishedAt: finishedAt,
            model: message.model.map { Model(name: $0.name, version: $0.version, sha256: $0.sha256) })
    }

    /// For the documentation.
    package static let sample = WebhookBody(
        type: "task.succeeded", timestamp: "2026-01-31T12:00:00.000Z",
        data: Facts(
            id: "0f3k9tq2xb", state: "succeeded", reason: nil, message: "Published as wine version 3.",
            experiment: "wine", owner: "ada", attempt: 1, jobID: 4711, createdAt: "2026-01-31T11:58:00.000Z",
            finishedAt: "2026-01-31T12:00:00.000Z",
            model: Model(
                name: "wine", version: 3,
                sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")))

    private static let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
