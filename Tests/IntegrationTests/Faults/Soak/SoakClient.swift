import Foundation
import SlipwayAPI
import SlipwayClient

/// Somebody who has one task after the other done, and repeats every request until it is answered.
struct SoakClient: Sendable {
    let root: SoakRoot
    let number: Int

    func run() async throws {
        while !root.isOver {
            let kind = root.kind()
            let webhook = Bool.random() ? root.webhook : nil
            let promise = try Promise(kind, webhook: webhook)
            let id = try await persistently("a task of the kind \(kind.rawValue) is taken") {
                guard let server = root.server(for: kind) else { return nil as String? }
                return try await promise.post(to: server)?.id
            }
            root.promise(kind.end, for: id)
            switch kind {
            case .waiting:
                if Bool.random() { try? await reach(["running"], of: id, within: .seconds(4)) }
                try await act("cancel", on: id, kind) { $0.status == 202 }
            case .retried:
                try await reach(["failed"], of: id, within: .seconds(600))
                // 409: it was carried out, and the answer lost with the server.
                try await act("retry", on: id, kind) { $0.status == 202 || $0.status == 409 }
            case .quick, .failing, .lucky, .unclear, .refused: break
            }
            let finals = ["succeeded", "failed", "cancelled", "lost"].filter { kind != .retried || $0 != "failed" }
            try await reach(finals, of: id, within: .seconds(600))
        }
    }

    private func act(
        _ verb: String, on id: String, _ kind: TaskKind, _ isDone: (HTTPAnswer) -> Bool
    ) async throws {
        try await persistently("task \(id) takes “\(verb)”") {
            guard let server = root.server(for: kind) else { return nil as Bool? }
            let answer = try await server.post("/api/v1/tasks/\(id)/\(verb)")
            return isDone(answer) ? true : nil
        }
    }

    private func reach(_ states: [String], of id: String, within limit: Duration) async throws {
        try await persistently("task \(id) is \(states)", within: limit) {
            guard let server = root.server() else { return nil as Bool? }
            let task: TaskAnswer = try await server.get("/api/v1/tasks/\(id)?wait=5").decoded()
            return states.contains(task.state) ? true : nil
        }
    }

    @discardableResult
    private func persistently<Value>(
        _ what: String, within limit: Duration = .seconds(600), _ body: () async throws -> Value?
    ) async throws -> Value {
        try await Patience.value(what, within: limit) {
            do {
                return try await body()
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                // The server died over it.
                return nil
            }
        }
    }
}
