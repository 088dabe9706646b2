import Hummingbird
import SlipwayAPI

/// `/docs` for people and `/openapi.json` for programs, both made from the endpoints themselves.
struct DocumentationRoutes: RouteRegistration {
    let described: [any RouteRegistration]

    var endpoints: [Endpoint] {
        let own = [
            Endpoint(
                open: .get, "/docs",
                EndpointDocumentation("Documentation", "This page.", answer: .other("text/html"))
            ) { _ in DocumentationPage(endpoints: all.flatMap(\.endpoints)).response() },
            Endpoint(
                open: .get, "/openapi.json",
                EndpointDocumentation(
                    "Documentation", "The routes as OpenAPI 3.1.", answer: .other("application/json"))
            ) { _ in try .json(try OpenAPIDocument(registrations: all).json()) },
            Endpoint(
                open: .get, "/",
                EndpointDocumentation("Documentation", "Leads to the documentation.", answer: .other("", status: 303))
            ) { _ in .redirection(to: "/docs") },
        ]
        return own
    }

    private var all: [any RouteRegistration] { described + [self] }
}
