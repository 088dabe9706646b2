import Foundation
import SlipwayAPI
import Testing

/// A request that a client repeats until it is answered, as clients that want exactly one task do.
struct Promise: Sendable {
    let kind: TaskKind
    let key = UUID().uuidString
    let form: MultipartForm

    init(_ kind: TaskKind, webhook: String? = nil) throws {
        self.kind = kind
        form = try MultipartForm.task(kind.config(webhook: webhook), kind.script)
    }

    /// One try.
    ///
    /// - Returns: The status and the task's id; nil where the server died over it, or asks to try again.
    func post(to server: TestServer) async throws -> (status: Int, id: String)? {
        guard let answer = try? await server.post("/api/v1/tasks", form: form, headers: ["Idempotency-Key": key])
        else { return nil }
        if answer.status == 503 { return nil }
        return (answer.status, try answer.decoded(TaskAnswer.self, status: answer.status == 200 ? 200 : 201).id)
    }

    /// Repeats the request until there is an answer.
    func keep(with server: TestServer) async throws -> (status: Int, id: String) {
        try await Patience.value("the server takes a task of the kind \(kind.rawValue)") { try await post(to: server) }
    }
}
