import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayAPI
import SlipwayCore
package import SlipwayServer
package import SlipwayServices

/// TFaaS's API: models uploaded as forms or tarballs, and predictions in JSON, protocol buffers, and of pictures.
package struct TFaaSDialect: RouteRegistration {
    let services: Services
    /// Where its routes begin: `/tfaas` beside the others, nothing at a port of its own.
    let prefix: String
    let counts: TFaaSCounts

    package init(services: Services, at prefix: String = "/tfaas") {
        self.init(services: services, at: prefix, counts: TFaaSCounts())
    }

    private init(services: Services, at prefix: String, counts: TFaaSCounts) {
        self.services = services
        self.prefix = prefix
        self.counts = counts
    }

    /// The same at another place, with the same counts.
    package func mounted(at prefix: String) -> TFaaSDialect {
        TFaaSDialect(services: services, at: prefix, counts: counts)
    }

    package var errorStyle: ErrorStyle { .tfaas }
    package var prefixes: [String] { [prefix] }

    package var endpoints: [Endpoint] {
        predictionEndpoints + modelEndpoints + uploadEndpoints + pageEndpoints + netronEndpoints
    }

    static let group = "TFaaS"

    /// An endpoint for known users, counted for `/status`.
    ///
    /// - Parameter path: Below the prefix, such as `/models`.
    func endpoint(
        _ method: HTTPRequest.Method, _ path: String, _ documentation: EndpointDocumentation,
        respond: @escaping @Sendable (Call, User) async throws -> Response
    ) -> Endpoint {
        Endpoint(method, prefix + path, documentation) { [counts] call, user in
            counts.note(method)
            return try await respond(call, user)
        }
    }

    /// The model that a request means.
    ///
    /// - Throws: `Problem` with status 400 where it names none, and the user has chosen none.
    func modelName(_ named: String?, for user: User) async throws -> String {
        if let named, !named.isEmpty { return named }
        if let chosen = try await services.models.defaultModel(of: user) { return chosen }
        throw Problem(
            .badRequest,
            "The request names no model, and none was chosen: give \"model\", or choose one with POST \(prefix)/params."
        )
    }
}

extension ErrorStyle {
    /// `{"error": "…"}` and a line feed, as Go's encoder ends what it writes.
    static let tfaas = ErrorStyle { problem in
        var body = ByteBuffer(bytes: try WireJSON.encoder().encode(["error": problem.sentence]))
        body.writeString("\n")
        return ("application/json", body)
    }
}
