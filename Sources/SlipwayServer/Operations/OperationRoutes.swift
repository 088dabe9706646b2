import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// What operators and their machines ask: health, metrics, who am I.
struct OperationRoutes: RouteRegistration {
    let services: Services
    let metrics: HTTPMetrics
    let authenticator: Authenticator

    var endpoints: [Endpoint] {
        [
            Endpoint(
                open: .get, "/readyz",
                EndpointDocumentation(
                    "Operation", "Whether the server can do its work; 503 where something that it needs is missing.",
                    answer: .json(Samples.readiness)),
                respond: readiness),
            Endpoint(
                open: .get, "/metrics",
                EndpointDocumentation(
                    "Operation", "Prometheus' text format. Open to this machine; others need a token.",
                    answer: .other("text/plain")),
                respond: exposition),
            Endpoint(
                .get, "/api/v1/users/me",
                EndpointDocumentation("Users", "Who the credentials belong to.", answer: .json(Samples.user))
            ) { _, user in try .json(UserAnswer(user)) },
        ]
    }

    @Sendable private func readiness(_ call: Call) async throws -> Response {
        let checks = await services.health.readiness()
        let answer = ReadinessAnswer(
            ready: checks.allSatisfy { $0.isHealthy || !$0.isRequired },
            checks: checks.map {
                .init(name: $0.name, healthy: $0.isHealthy, required: $0.isRequired, detail: $0.detail)
            })
        return try .json(
            answer, status: answer.ready ? .ok : .serviceUnavailable, headers: answer.ready ? [:] : [.retryAfter: "5"])
    }

    @Sendable private func exposition(_ call: Call) async throws -> Response {
        if !call.context.isFromLoopback(call.request) {
            guard let user = try await authenticator.user(of: call.request) else { throw Problem.credentialsMissing }
            call.context.notes.user = user.name
        }
        let text = metrics.exposition() + (await services.metrics.exposition())
        return .text(text, contentType: "text/plain; version=0.0.4; charset=utf-8")
    }
}
