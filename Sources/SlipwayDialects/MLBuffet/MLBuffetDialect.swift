import HTTPTypes
import Hummingbird
import SlipwayCore
package import SlipwayServer
package import SlipwayServices

/// MLBuffet's API: models under tags, their versions, and predictions from them.
package struct MLBuffetDialect: RouteRegistration {
    let services: Services
    /// Where its routes begin: `/mlbuffet` beside the others, nothing at a port of its own.
    let prefix: String
    /// The counts of all ports' requests.
    let metrics: HTTPMetrics

    package init(services: Services, at prefix: String = "/mlbuffet", metrics: HTTPMetrics) {
        self.services = services
        self.prefix = prefix
        self.metrics = metrics
    }

    package var errorStyle: ErrorStyle { .mlbuffet }
    package var prefixes: [String] { [prefix] }

    package var endpoints: [Endpoint] {
        generalEndpoints + modelEndpoints + uploadEndpoints + predictionEndpoints + trainingEndpoints
    }

    static let group = "MLBuffet"

    /// An endpoint for known users, whose bad input is 422 as in the old server.
    ///
    /// - Parameter path: Below the prefix, such as `/api/v1/models`.
    func endpoint(
        _ method: HTTPRequest.Method, _ path: String, _ documentation: EndpointDocumentation,
        respond: @escaping @Sendable (Call, User) async throws -> Response
    ) -> Endpoint {
        Endpoint(method, prefix + path, documentation) { call, user in
            do {
                return try await respond(call, user)
            } catch let error as SlipwayError where error.code == .invalid {
                var problem = Problem(error)
                problem.status = .unprocessableContent
                throw problem
            }
        }
    }
}

extension Problem {
    /// Bad input, as MLBuffet tells it.
    static func unprocessable(_ description: String) -> Problem { Problem(.unprocessableContent, description) }
}
