import Foundation
import HTTPTypes
import Hummingbird
import SlipwayAPI
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension MLBuffetDialect {
    /// The greeting, the help, and what a client tries first.
    var generalEndpoints: [Endpoint] {
        let methods: [HTTPRequest.Method] = [.get, .post]
        let exposition = methods.map { method in
            endpoint(
                method, "/metrics",
                EndpointDocumentation(Self.group, "Prometheus' text format.", answer: .other("text/plain"))
            ) { _, _ in
                let text = metrics.exposition() + (await services.metrics.exposition())
                return .text(text, contentType: "text/plain; version=0.0.4; charset=utf-8")
            }
        }
        return exposition + [
            Endpoint(
                .get, prefix + "/",
                EndpointDocumentation(Self.group, "The greeting.", answer: .json(MLBuffetAnswer(.ok, "Greetings")))
            ) { _, _ in
                try MLBuffetAnswer(
                    .ok,
                    "Greetings from MLBuffet - Inferrer, the Machine Learning model server. "
                        + "For more information, visit /help"
                ).response()
            },
            Endpoint(
                .get, prefix + "/help",
                EndpointDocumentation(Self.group, "What this is.", answer: .other("text/plain"))
            ) { _, _ in .text(Self.help(prefix)) },
            Endpoint(
                .get, prefix + "/api/test",
                EndpointDocumentation(Self.group, "Whether the server answers.", answer: .json(MLBuffetAnswer()))
            ) { _, _ in try MLBuffetAnswer().response() },
            endpoint(
                .post, "/api/test/sendtomodelhost",
                EndpointDocumentation(
                    Self.group, "Sends each item to a model host, and tells which one had it.",
                    body: .init("application/json", curl: "-d '{\"data\": [\"ONE\", \"TWO\"]}'"),
                    answer: .json(MLBuffetAnswer(members: HostAnswers(["ONE"])))),
                respond: sendToModelHost),
        ]
    }

    @Sendable private func sendToModelHost(_ call: Call, _ user: User) async throws -> Response {
        let body = try await jsonObject(call, "No json data provided {data:list}")
        guard let data = body["data"] else { throw Problem.unprocessable("No test data provided (data:[...])") }
        guard case .array(let items) = data else {
            throw Problem.unprocessable("Test data is not a list enclosed by squared brackets")
        }
        let texts = items.map { item in
            if case .string(let text) = item { return text }
            let json = (try? WireJSON.encoder().encode(item)).map { String(decoding: $0, as: UTF8.self) }
            return json ?? ""
        }
        return try MLBuffetAnswer(members: HostAnswers(texts)).response()
    }

    /// The object that a request's JSON body is.
    ///
    /// - Parameter missing: What is said where there is none.
    func jsonObject(_ call: Call, _ missing: String) async throws -> [String: JSONValue] {
        let body = try await call.request.body.collect(upTo: services.configuration.limits.maximumJSONBytes)
        guard body.readableBytes > 0 else { throw Problem.unprocessable(missing) }
        do {
            return try JSONDecoder().decode([String: JSONValue].self, from: Data(body.readableBytesView))
        } catch {
            throw Problem.unprocessable("The body is not a JSON object. \(missing)")
        }
    }

    private static func help(_ prefix: String) -> String {
        """

                ###############################
                #### MLBuffet MODEL SERVER ####
                ###############################

        Slipway speaks MLBuffet's API here: models under tags (tag:N is a version), predictions, training.
        The routes: \(prefix)/api/v1/models and \(prefix)/api/v1/train. Every answer is in an http_status envelope.


        """
    }

    /// Which host served each item: they share one repository, and here one process is all of them.
    private struct HostAnswers: Encodable, Sendable {
        let responses: [String]

        init(_ items: [String]) {
            let host = ProcessInfo.processInfo.hostName
            responses = items.map { "Received \"\($0)\" from modelhost \(host)" }
        }
    }
}
