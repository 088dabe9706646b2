import Foundation
import Hummingbird
import NIOCore
import NIOFoundationCompat
import SlipwayAPI
import SlipwayCore
import SlipwayServices

extension ModelRoutes {
    var settingsEndpoints: [Endpoint] {
        let sample = ServingSettingsAnswer(ServingSettings(maximumQueueDelay: 0.002))
        return [
            Endpoint(
                .get, "/api/v1/models/{name}/settings",
                EndpointDocumentation("Models", "How a model is served.", answer: .json(sample))
            ) { call, _ in
                try .json(ServingSettingsAnswer(await models.settings(of: call.parameter("name"))))
            },
            Endpoint(
                .put, "/api/v1/models/{name}/settings",
                EndpointDocumentation(
                    "Models", "Sets how a model is served: batching, cache, pin. What is left out stays as it is.",
                    body: .init("application/json", curl: "-X PUT -d '{\"max_queue_delay\": 0.002}'"),
                    answer: .json(sample)),
                respond: setSettings),
        ]
    }

    @Sendable private func setSettings(_ call: Call, _ user: User) async throws -> Response {
        let body = try await call.request.body.collect(upTo: 16 * 1024)
        let request = try Self.settingsRequest(Data(buffer: body))
        let name = try call.parameter("name")
        let settings = request.applied(to: try await models.settings(of: name))
        try await models.setSettings(settings, of: name, as: user)
        return try .json(ServingSettingsAnswer(settings))
    }

    private static func settingsRequest(_ body: Data) throws -> ServingSettingsAnswer {
        let known = ServingSettingsAnswer.CodingKeys.allCases.map(\.rawValue)
        guard let members = try? JSONDecoder().decode([String: JSONValue].self, from: body) else {
            throw Problem(.badRequest, "The body must be a JSON object with some of \(known.joined(separator: ", ")).")
        }
        if let stranger = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw Problem(
                parameter: stranger, value: nil, "is not a setting; known: \(known.joined(separator: ", ")).")
        }
        do {
            return try JSONDecoder().decode(ServingSettingsAnswer.self, from: body)
        } catch DecodingError.typeMismatch(_, let context) {
            let name = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw Problem(
                parameter: name, value: nil,
                "is of another type: max_queue_delay is a number of seconds, max_batch_rows and cache_bytes are whole "
                    + "numbers, batching and pinned are true or false.")
        }
    }
}
