import AsyncHTTPClient
import Crypto
import NIOCore
import NIOHTTP1
package import SlipwayAPI

extension RemoteServer {
    /// Downloads the archive of a version to a file, which appears only when its SHA-256 is the registered one.
    ///
    /// A broken download goes on where it broke. `progress` is told the bytes that are on disk. Throws `ClientError`;
    /// nothing is left behind then.
    package func pull(
        _ version: ModelVersionAnswer, to destination: String, progress: (Int64) -> Void = { _ in }
    ) async throws {
        let file = try PendingFile(destination: destination)
        do {
            let digest = try await download(version, into: file, progress: progress)
            guard digest == version.sha256.lowercased() else {
                throw ClientError(
                    .file,
                    "the archive of \(version.name):\(version.version) came with SHA-256 \(digest), but "
                        + "\(version.sha256) is registered; nothing was kept")
            }
            try await file.finish()
        } catch {
            file.discard()
            throw error
        }
    }

    /// Returns the SHA-256 of what was written, in lower-case hex.
    private func download(
        _ version: ModelVersionAnswer, into file: PendingFile, progress: (Int64) -> Void
    ) async throws -> String {
        var hash = SHA256()
        var written: Int64 = 0
        var tag: String?
        var backoff = Backoff(first: .milliseconds(500), longest: .seconds(8), tries: 6)
        while true {
            do {
                let response = try await openArchive(version, from: written, tag: tag)
                if let registered = response.headers.first(name: "ETag") { tag = registered }
                if written > 0, response.status.code != 206 {
                    // The whole archive comes again: the server knows no ranges, or the archive is another one.
                    try await file.empty()
                    hash = SHA256()
                    written = 0
                }
                for try await chunk in response.body {
                    try await file.write(chunk, at: written)
                    chunk.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
                    written += Int64(chunk.readableBytes)
                    backoff.succeeded()
                    progress(written)
                }
                return hash.finalize().map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
            } catch {
                let error = ConnectionFailure.error(from: error, url: configuration.url)
                guard written > 0, let failure = error as? ClientError, failure.isTransient,
                    let wait = backoff.failed()
                else { throw error }
                try await pause(wait)
            }
        }
    }

    private func openArchive(
        _ version: ModelVersionAnswer, from offset: Int64, tag: String?
    ) async throws -> HTTPClientResponse {
        var request = request(
            .GET, ["api", "v1", "models", version.name, "versions", String(version.version), "archive"],
            accepting: "*/*")
        if offset > 0, let tag {
            request.headers.add(name: "Range", value: "bytes=\(offset)-")
            request.headers.add(name: "If-Range", value: tag)
        }
        return try await open(request)
    }
}
