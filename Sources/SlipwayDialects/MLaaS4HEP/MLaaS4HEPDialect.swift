import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayCore
package import SlipwayServer
package import SlipwayServices

/// MLaaS4HEP_server's API: folders of ROOT files uploaded, trainings submitted from them, their models fetched.
package struct MLaaS4HEPDialect: RouteRegistration {
    let services: Services
    /// Where its routes begin: `/mlaas4hep` beside the others, nothing at a port of its own.
    let prefix: String

    package init(services: Services, at prefix: String = "/mlaas4hep") {
        self.services = services
        self.prefix = prefix
    }

    package var errorStyle: ErrorStyle { .sentence }
    package var prefixes: [String] { [prefix] }

    package var endpoints: [Endpoint] {
        folderEndpoints + processEndpoints + modelEndpoints
    }

    static let group = "MLaaS4HEP"

    /// An endpoint for known users.
    ///
    /// - Parameter path: Below the prefix, such as `/submit`.
    func endpoint(
        _ method: HTTPRequest.Method, _ path: String, _ documentation: EndpointDocumentation,
        respond: @escaping @Sendable (Call, User) async throws -> Response
    ) -> Endpoint {
        Endpoint(method, prefix + path, documentation, respond: respond)
    }

    /// A value of the query string that there has to be.
    ///
    /// - Throws: `Problem` with status 400 that says how to give it.
    func required(_ name: String, of call: Call, example: String) throws -> String {
        guard let value = call.query[name], !value.isEmpty else {
            throw Problem(
                .badRequest,
                "No \(name) was provided: add it to the address, as in \(call.request.uri.path)?\(example).")
        }
        return value
    }
}

extension ErrorStyle {
    /// One sentence of plain text and a line feed.
    static let sentence = ErrorStyle { problem in
        ("text/plain; charset=utf-8", ByteBuffer(string: problem.sentence + "\n"))
    }
}
