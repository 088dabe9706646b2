import Hummingbird

/// `/healthz`, which every port has.
struct LivenessRoutes: RouteRegistration {
    var endpoints: [Endpoint] {
        [
            Endpoint(
                open: .get, "/healthz",
                EndpointDocumentation("Operation", "Whether the process answers.", answer: .json(["status": "ok"]))
            ) { _ in try .json(["status": "ok"]) }
        ]
    }
}
