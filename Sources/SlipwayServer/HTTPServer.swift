import Foundation
import HTTPTypes
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL
import SlipwayCore
package import SlipwayServices

/// The server's HTTP side: native API, inference, login, documentation, and the dialects that it is given.
package struct HTTPServer: Sendable {
    let services: Services
    private let dialects: [any RouteRegistration]
    private let metrics: HTTPMetrics
    private let tokens: LoginTokens
    private let authenticator: Authenticator
    let logger: Logger

    /// What the server calls itself in its answers.
    static let name = "slipway"
    /// Bytes of a refused upload that are read and dropped before the connection is closed.
    private static let drainLimit = 16 << 20
    /// How long a connection may be silent between and within requests.
    private static let idleTimeout = TimeAmount.seconds(120)

    /// - Parameters:
    ///   - routes: The dialects; each adds its routes to the native ones.
    ///   - metrics: Where the requests of all ports are counted.
    package init(
        services: Services, routes: [any RouteRegistration], metrics: HTTPMetrics = HTTPMetrics(), logger: Logger
    ) {
        self.services = services
        self.dialects = routes
        self.metrics = metrics
        self.tokens = LoginTokens(
            users: services.users, lifetimeSeconds: services.configuration.loginTokenLifetime)
        self.authenticator = Authenticator(users: services.users, tokens: tokens)
        self.logger = logger
    }

    /// The service that listens until it is shut down.
    ///
    /// - Parameter onListening: Called with the port once connections are taken: the configured one may be 0.
    /// - Throws: What is wrong with the certificate or its key.
    package func application(
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let configuration = services.configuration
        return Application(
            responder: router(of: registrations).buildResponder(),
            server: try builder(
                lane: FastLane(
                    services: services, metrics: metrics, browserHeaders: BrowserHeaders.fields(isSecure: isSecure),
                    logger: logger)),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.listen.host, port: configuration.listen.port), serverName: Self.name),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.listen.port) },
            logger: logger)
    }

    /// - Parameter lane: Answers what needs no look-up; nil where every request goes through the routes.
    func builder(lane: FastLane? = nil) throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionFlowInstaller(drainLimit: Self.drainLimit, lane: lane)],
                idleTimeout: Self.idleTimeout))
        guard let files = services.configuration.tls else { return plain }
        let chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map(NIOSSLCertificateSource.certificate)
        let key = NIOSSLPrivateKeySource.privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem))
        var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key)
        tls.minimumTLSVersion = .tlsv12
        return try .tls(plain, tlsConfiguration: tls)
    }

    private var isSecure: Bool {
        services.configuration.tls != nil || services.configuration.publicURL?.hasPrefix("https:") == true
    }

    /// The routes of the server's own port.
    private var registrations: [any RouteRegistration] {
        var registrations: [any RouteRegistration] = [
            LivenessRoutes(),
            OperationRoutes(services: services, metrics: metrics, authenticator: authenticator),
            LoginRoutes(users: services.users, tokens: tokens, isSecure: isSecure),
            TaskRoutes(services: services),
            ModelRoutes(services: services),
            PredictionRoutes(services: services),
            BulkRoutes(services: services),
            ClusterRoutes(services: services),
            InferenceRoutes(services: services),
            TensorFlowServingRoutes(services: services),
        ]
        registrations += dialects
        registrations.append(DocumentationRoutes(described: registrations))
        return registrations
    }

    /// - Parameters:
    ///   - anonymous: Whom requests without credentials act as; nil refuses them.
    ///   - hasLogin: Browsers without credentials are led to the login page.
    func router(
        of registrations: [any RouteRegistration], anonymous: AnonymousAccess? = nil, hasLogin: Bool = true
    ) -> Router<ServerContext> {
        let table = RouteTable(registrations)
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: RequestMiddleware(
                metrics: metrics, browserHeaders: BrowserHeaders.fields(isSecure: isSecure)))
        router.add(middleware: ErrorMiddleware(table: table, hasLogin: hasLogin))
        for endpoint in table.endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                try await respond(endpoint, request, context, anonymous)
            }
        }
        return router
    }

    /// A misspelled parameter must not mean the default: `?dryrun=true` would start a job.
    private static func refuseUnknownParameters(_ call: Call, of endpoint: Endpoint) throws {
        guard endpoint.path.hasPrefix("/api/v1/") || endpoint.path == "/new_task" else { return }
        let known = endpoint.documentation.parameters.filter { $0.place == .query }.map(\.name)
        guard let stranger = call.query.names.first(where: { !known.contains($0) }) else { return }
        throw Problem(
            parameter: stranger, value: call.query[stranger],
            known.isEmpty
                ? "is not known: this address takes no query parameters."
                : "is not a query parameter that is known here; known: \(known.joined(separator: ", ")).")
    }

    private func respond(
        _ endpoint: Endpoint, _ request: Request, _ context: ServerContext, _ anonymous: AnonymousAccess?
    ) async throws -> Response {
        let call = Call(request: request, context: context)
        if endpoint.access == .open { return try await endpoint.respond(call, nil) }
        var known = try await authenticator.user(of: request)
        if known == nil { known = try await anonymous?.user(of: request) }
        guard let user = known else { throw Problem.credentialsMissing }
        context.notes.user = user.name
        try Self.refuseUnknownParameters(call, of: endpoint)
        if endpoint.access == .admin, user.role != .admin {
            throw Problem(
                .forbidden, "Only administrators may do this; “\(user.name)” has the role \(user.role.rawValue).")
        }
        return try await endpoint.respond(call, user)
    }
}
