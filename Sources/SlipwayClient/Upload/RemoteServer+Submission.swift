import AsyncHTTPClient
import NIOHTTP1
package import SlipwayAPI

extension RemoteServer {
    /// Sends a task.
    ///
    /// When the connection breaks or the server is busy for a moment, the same is sent again with the same key, four
    /// times at most: the key makes one task of them. `progress` is told the bytes that have left, from any thread;
    /// `interrupted` is told why it begins anew.
    package func submit(
        _ submission: Submission, idempotencyKey: String,
        interrupted: (ClientError) -> Void = { _ in },
        progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) async throws -> Answer<TaskAnswer> {
        var backoff = Backoff(first: .seconds(1), longest: .seconds(8), tries: 4)
        var hadContact = false
        while true {
            do {
                var request = request(.POST, ["api", "v1", "tasks"])
                request.headers.add(name: "Idempotency-Key", value: idempotencyKey)
                attach(submission, to: &request, progress: progress)
                return try await answer(to: request)
            } catch let error as ClientError where error.isTransient {
                // Where nothing listens from the start, the address is wrong or the server is down: say so at once.
                let neverConnected = !hadContact && error.code == .unreachable
                hadContact = true
                guard !neverConnected, let wait = backoff.failed() else { throw error }
                interrupted(error)
                try await pause(wait)
            }
        }
    }

    /// What would become of the task; nothing is stored.
    package func preview(_ submission: Submission) async throws -> Answer<TaskPreviewAnswer> {
        var request = request(.POST, ["api", "v1", "tasks"], query: [("dry_run", "true")])
        attach(submission, to: &request) { _ in }
        return try await answer(to: request)
    }

    private func attach(
        _ submission: Submission, to request: inout HTTPClientRequest, progress: @escaping @Sendable (Int64) -> Void
    ) {
        request.headers.add(name: "Content-Type", value: submission.body.contentType)
        request.body = .stream(
            MeteredBody(base: submission.body, report: progress), length: .known(submission.body.length))
    }
}
