import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// A Slipway server, asked over its native API.
///
/// Every call throws `ClientError`. Nothing is tried again but where a method says so.
package struct RemoteServer: Sendable {
    package let configuration: ClientConfiguration
    let client: HTTPClient
    /// Waits before something is tried again.
    let pause: @Sendable (Duration) async throws -> Void

    /// Opens a connection pool for the length of `body`.
    package static func connected<Result>(
        with configuration: ClientConfiguration,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        _ body: (RemoteServer) async throws -> Result
    ) async throws -> Result {
        var settings = HTTPClient.Configuration()
        settings.timeout.connect = .seconds(10)
        // Reading starts when the request is sent whole, so a long upload is not cut by `read`; `write` ends one
        // that has come to a stand.
        settings.timeout.read = .seconds(90)
        settings.timeout.write = .seconds(90)
        // A redirect would carry the token to an address that nobody chose.
        settings.redirectConfiguration = .disallow
        if let authorities = configuration.certificateAuthorities {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(authorities)
            settings.tlsConfiguration = tls
        }
        return try await HTTPClient.withHTTPClient(configuration: settings) { client in
            try await body(RemoteServer(configuration: configuration, client: client, pause: pause))
        }
    }

    func request(
        _ method: HTTPMethod, _ path: [String], query: [(name: String, value: String?)] = [],
        accepting type: String = "application/json"
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: ServerAddress.url(base: configuration.url, path: path, query: query))
        request.method = method
        request.headers.add(name: "Accept", value: type)
        request.headers.add(name: "User-Agent", value: "slipway")
        if let token = configuration.token {
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        return request
    }
}
