package import Hummingbird
import HummingbirdCore
package import SlipwayServices

extension HTTPServer {
    /// The service that listens at a dialect's own port until it is shut down.
    ///
    /// - Parameters:
    ///   - routes: The dialect, with its routes at the root.
    ///   - onListening: Called with the port once connections are taken.
    /// - Throws: What is wrong with the certificate or its key.
    package func application(
        at port: DialectPort, routes: any RouteRegistration, onListening: @escaping @Sendable (Int) async -> Void
    ) throws -> some ApplicationProtocol {
        let anonymous = port.user.map { name in
            AnonymousAccess(
                users: services.users, userName: name,
                wantsLocalHost: port.listen.isLoopback && !port.allowsAnonymousBeyondLoopback)
        }
        let router = router(of: [LivenessRoutes(), routes], anonymous: anonymous, hasLogin: false)
        return Application(
            responder: router.buildResponder(),
            server: try builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(port.listen.host, port: port.listen.port), serverName: Self.name),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port.listen.port) },
            logger: logger)
    }
}
