import Foundation
import Testing

@Suite("Where the server listens")
struct ListenTests {
    @Test("It refuses to listen beyond this machine without TLS", arguments: ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"])
    func refused(address: String) async throws {
        try await withTestServer(isStarted: false) { server in
            let text = ServerSettings().text(folder: server.folder, port: 0, in: server.environment)
                .replacing("listen: 127.0.0.1:0", with: "listen: \"\(address)\"")
            try text.write(toFile: server.configuration, atomically: true, encoding: .utf8)
            let refused = try await server.operate("serve")
            #expect(refused.code > 0)
            #expect(refused.errors.contains("in the clear"), "\(refused.errors)")
            #expect(refused.errors.contains("allow_plain_http_beyond_loopback"), "\(refused.errors)")
            #expect(refused.text == "")
        }
    }
}
