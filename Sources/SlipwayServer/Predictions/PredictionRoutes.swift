import Foundation
import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// `/api/v1/models/{name}/predict`: rows, named rows, CSV and pictures.
struct PredictionRoutes: RouteRegistration {
    let services: Services

    var endpoints: [Endpoint] {
        [
            predictEndpoint(at: "/api/v1/models/{name}/predict"),
            predictEndpoint(at: "/api/v1/models/{name}/versions/{version}/predict"),
            cardEndpoint,
        ]
    }

    private func predictEndpoint(at path: String) -> Endpoint {
        Endpoint(
            .post, path,
            EndpointDocumentation(
                "Predictions",
                "What a model says of rows, named rows, a CSV file or a picture; Accept: text/csv gets a table back.",
                parameters: [
                    .query("outputs", "Names of the wanted outputs, with commas between them."),
                    .query("raw", "For CSV: the values are as they were before the scaling of the training."),
                    .query("header", "For CSV: whether the first line names the columns."),
                ],
                body: .init(
                    "application/json", curl: "-d '{\"rows\": [{\"alcohol\": 13.2, \"malic_acid\": 1.78}]}'"),
                answer: .json(Samples.prediction))
        ) { call, _ in
            let selector = call.context.parameters.get("version") == nil ? nil : try call.parameter("version")
            let receiver = PredictionReceiver(
                services: services, name: try call.parameter("name"), selector: selector)
            let wantsTable = Self.wantsTable(call.request.headers[.accept])
            let prediction = try await receiver.predict(call)
            var headers = HTTPFields(producedBy: prediction.version)
            headers[.contentType] = wantsTable ? "text/csv; charset=utf-8" : "application/json"
            let body = wantsTable ? try PredictionCSV(prediction).body() : PredictionWriter.json(prediction)
            return try await .compressed(body, headers: headers, for: call.request)
        }
    }

    private var cardEndpoint: Endpoint {
        Endpoint(
            .get, "/api/v1/models/{name}/versions/{version}/card",
            EndpointDocumentation(
                "Predictions", "What a version takes and gives: its signature, columns and classes.",
                answer: .json(Samples.card))
        ) { call, _ in
            let card = try await services.predictions.card(
                of: call.parameter("name"), version: call.parameter("version"))
            return try .json(ModelCardAnswer(card), headers: HTTPFields(producedBy: card.version))
        }
    }

    /// Whether CSV is wanted rather than JSON: the one that is named first.
    static func wantsTable(_ accept: String?) -> Bool {
        guard let accept = accept?.lowercased(), let table = accept.range(of: "text/csv") else { return false }
        guard let json = accept.range(of: "application/json") else { return true }
        return table.lowerBound < json.lowerBound
    }
}
