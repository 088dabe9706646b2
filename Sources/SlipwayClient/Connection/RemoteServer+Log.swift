import AsyncHTTPClient
package import NIOCore
import NIOHTTP1

extension RemoteServer {
    /// Hands a job's log to `write` as it comes. With `following`, goes on while the job writes, to the task's end;
    /// a broken connection is opened again where it broke.
    package func log(
        of id: String, following: Bool, write: (ByteBuffer) async throws -> Void
    ) async throws {
        var written = 0
        var backoff = Backoff(first: .milliseconds(500), longest: .seconds(15), tries: following ? 24 : 2)
        while true {
            do {
                var request = request(
                    .GET, ["api", "v1", "tasks", id, "log"], query: [("follow", following ? "true" : nil)],
                    accepting: "text/plain, application/problem+json")
                if written > 0 { request.headers.add(name: "Range", value: "bytes=\(written)-") }
                let response = try await open(request, alsoAccepting: written > 0 ? [416] : [])
                if response.status.code == 416 {
                    // Nothing beyond what is here: the log had ended just where the connection broke.
                    return
                }
                // A server is free to ignore Range (RFC 9110, section 14.2): then the known part comes once more.
                var repeated = response.status.code == 206 ? 0 : written
                for try await var chunk in response.body {
                    let known = min(repeated, chunk.readableBytes)
                    chunk.moveReaderIndex(forwardBy: known)
                    repeated -= known
                    guard chunk.readableBytes > 0 else { continue }
                    try await write(chunk)
                    written += chunk.readableBytes
                    backoff.succeeded()
                }
                return
            } catch {
                let error = ConnectionFailure.error(from: error, url: configuration.url)
                guard written > 0, let failure = error as? ClientError, failure.isTransient,
                    let wait = backoff.failed()
                else { throw error }
                try await pause(wait)
            }
        }
    }
}
