import Foundation
import SlipwayAPI
import SlipwayClient
import Testing

@Suite("Downloads")
struct PullTests {
    /// SHA-256 of “abc” (FIPS 180-4's own example).
    private let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    private func pulling(
        _ replies: [String], _ folder: TemporaryFolder, body: (RemoteServer, ModelVersionAnswer) async throws -> Void
    ) async throws -> [String] {
        try await ScriptedServer.answering(replies) { url in
            try await RemoteServer.connected(
                with: ClientConfiguration(url: url, token: "t"), pause: { _ in }
            ) { try await body($0, .sample(version: 3, sha256: digest, bytes: 3)) }
        }
    }

    @Test(
        "A broken download goes on where it broke, or anew where the server sends all again", arguments: [true, false])
    func resumed(ranges: Bool) async throws {
        try await withFolder { folder in
            let requests = try await pulling(
                [
                    Reply.cut("ab", headers: "ETag: \"\(digest)\"\r\n"),
                    ranges ? Reply.whole("206 Partial Content", "c") : Reply.whole("200 OK", "abc"),
                ], folder
            ) { server, version in
                try await server.pull(version, to: folder.path(of: "m.tar.gz"))
            }
            #expect(requests[0].hasPrefix("GET /api/v1/models/wine/versions/3/archive "))
            #expect(requests[1].contains("Range: bytes=2-\r\n"))
            #expect(requests[1].contains("If-Range: \"\(digest)\"\r\n"))
            #expect(try folder.names == ["m.tar.gz"])
            #expect(try String(contentsOfFile: folder.path(of: "m.tar.gz"), encoding: .utf8) == "abc")
        }
    }

    @Test("An archive with another checksum is not kept, and what was there before stays")
    func wrong() async throws {
        try await withFolder { folder in
            let path = try folder.file("m.tar.gz", Data("old".utf8))
            _ = try await pulling([Reply.whole("200 OK", "abd")], folder) { server, version in
                let error = await #expect(throws: ClientError.self) { try await server.pull(version, to: path) }
                #expect(error?.code == .file)
                #expect(error?.message.contains(digest) == true)
            }
            #expect(try folder.names == ["m.tar.gz"])
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        }
    }

    @Test("A refusal leaves nothing behind")
    func refused() async throws {
        try await withFolder { folder in
            _ = try await pulling([Reply.whole("404 Not Found", "")], folder) { server, version in
                let error = await #expect(throws: ClientError.self) {
                    try await server.pull(version, to: folder.path(of: "m.tar.gz"))
                }
                #expect(error?.code == .refused(status: 404))
            }
            #expect(try folder.names == [])
        }
    }
}
