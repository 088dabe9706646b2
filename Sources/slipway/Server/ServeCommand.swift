import ArgumentParser
import Foundation
import Logging
import Postgres
import ServiceLifecycle
import SlipwayCore
import SlipwayDialects
import SlipwayServer
import SlipwayServices
import SlipwayStore
import UnixSignals

/// Runs the server until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the server.",
        discussion: """
            Without a database URL the server keeps a private PostgreSQL under its data root. SIGTERM and SIGINT stop \
            it in order; running jobs go on and are followed again after the next start.
            """)

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await explaining { try await serve() }
    }

    private func serve() async throws {
        let configuration = try options.configuration()
        let logger = options.logger(.info)
        let session = DatabaseSession(configuration: configuration, logger: logger)
        try FileManager.default.createDirectory(atPath: configuration.dataRoot, withIntermediateDirectories: true)
        let embedded = session.embedded()
        try await embedded?.start()
        let group: ServiceGroup
        do {
            group = try await serviceGroup(configuration, session: session, embedded: embedded, logger: logger)
        } catch {
            // Nobody else stops it before the group runs.
            await embedded?.stop()
            throw error
        }
        try await group.run()
    }

    /// Brings the database to this version's schema, and puts together what runs.
    private func serviceGroup(
        _ configuration: Configuration, session: DatabaseSession, embedded: EmbeddedPostgres?, logger: Logger
    ) async throws -> ServiceGroup {
        let url = configuration.databaseURL ?? embedded?.url ?? ""
        _ = try await session.run(url: url) { try await DatabaseSession.migrate($0) }

        let client = PostgresClient(
            url: url, maximumConnections: configuration.databaseConnections, logger: logger)
        let services = try Services(
            configuration: configuration,
            stores: Services.Stores(
                tasks: SQLTaskStore(client: client), models: SQLModelStore(client: client),
                users: SQLUserStore(client: client), leases: SQLLeaseStore(client: client),
                webhooks: SQLWebhookStore(client: client), retention: SQLRetentionStore(client: client),
                folders: SQLFolderStore(client: client)),
            faults: try faults(), logger: logger)
        try await services.prepareFolders()
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: Self.inOrder(
                    embedded: embedded, client: client, workers: services.workers,
                    servers: try servers(services, logger: logger)),
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    }

    /// The server at its own port, and each dialect at the port that the operator gave it.
    private func servers(_ services: Services, logger: Logger) throws -> [any Service] {
        let metrics = HTTPMetrics()
        let tfaas = TFaaSDialect(services: services)
        let server = HTTPServer(
            services: services,
            routes: [
                TaskManagerDialect(services: services), tfaas, MLBuffetDialect(services: services, metrics: metrics),
                MLaaS4HEPDialect(services: services),
            ],
            metrics: metrics, logger: logger)
        let report = ListeningReport(services.configuration, logger: logger)
        var servers: [any Service] = [try server.application { report.listening(nil, port: $0) }]
        for port in services.configuration.dialectPorts {
            let routes: any RouteRegistration =
                switch port.dialect {
                case .tfaas: tfaas.mounted(at: "")
                case .mlbuffet: MLBuffetDialect(services: services, at: "", metrics: metrics)
                case .mlaas4hep: MLaaS4HEPDialect(services: services, at: "")
                }
            servers.append(
                try server.application(at: port, routes: routes) { report.listening(port.dialect, port: $0) })
        }
        return servers
    }

    private func faults() throws -> Faults {
        if let faults = Faults(environment: ProcessInfo.processInfo.environment) { return faults }
        throw SlipwayError(.invalid, "SLIPWAY_FAULT must name a point in the server's work, such as webhook.sent.")
    }

    /// In the order of dependence: what comes last is stopped first.
    private static func inOrder(
        embedded: EmbeddedPostgres?, client: PostgresClient, workers: [any Service], servers: [any Service]
    ) -> [any Service] {
        (embedded.map { [$0] } ?? []) + [client] + workers + servers
    }
}
