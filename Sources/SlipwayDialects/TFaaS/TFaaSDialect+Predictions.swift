import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayCore
import SlipwayServer
import SlipwayServices

extension TFaaSDialect {
    var predictionEndpoints: [Endpoint] {
        let row = "-d '{\"keys\": [\"a\", \"b\"], \"values\": [0.1, 2], \"model\": \"MODEL\"}'"
        return ["", "/predict"].flatMap { start in
            [
                endpoint(
                    .post, start + "/json",
                    EndpointDocumentation(
                        Self.group, "Runs a model on one row; answers an array of numbers.",
                        body: .init("application/json", curl: row), answer: .json([0.08601278])),
                    respond: predictJSON),
                endpoint(
                    .post, start + "/proto",
                    EndpointDocumentation(
                        Self.group, "The same with the messages tfaaspb.Row and tfaaspb.Predictions.",
                        body: .init("application/x-protobuf", curl: "--data-binary @row.bin"),
                        answer: .other("application/x-protobuf")),
                    respond: predictProtobuf),
                endpoint(
                    .post, start + "/image",
                    EndpointDocumentation(
                        Self.group, "The five best labels of a PNG or JPEG; an array where the model has no labels.",
                        body: .init("multipart/form-data", curl: "-F image=@picture.png -F model=MODEL"),
                        answer: .json(TFaaSLabels.sample)),
                    respond: predictPicture),
            ]
        }
    }

    @Sendable private func predictJSON(_ call: Call, _ user: User) async throws -> Response {
        let body = try await collect(call)
        let row: TFaaSRow
        do {
            row = try JSONDecoder().decode(TFaaSRow.self, from: Data(body.readableBytesView))
        } catch {
            throw Problem(
                .badRequest, "The body is no row: {\"keys\": [names], \"values\": [numbers], \"model\": \"name\"} is.")
        }
        return .tfaas(numbers: try await predict(row, for: user).values)
    }

    @Sendable private func predictProtobuf(_ call: Call, _ user: User) async throws -> Response {
        let body = try await collect(call)
        let row: TFaaSRow
        do throws(Protobuf.Fault) {
            row = try TFaaSRow(protobuf: Array(body.readableBytesView))
        } catch {
            throw Problem(.badRequest, "The body is no tfaaspb.Row: it \(error.problem).")
        }
        let (values, labels) = try await predict(row, for: user)
        let classes = values.enumerated().map { (label: labels?[$0.offset] ?? "", probability: $0.element) }
        return Response(
            status: .ok, headers: [.contentType: "application/x-protobuf"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: TFaaSPredictions(classes: classes).protobuf)))
    }

    /// The first output's values for a row, and the names of as many classes where the model has them.
    private func predict(_ row: TFaaSRow, for user: User) async throws -> (values: [Float], labels: [String]?) {
        let name = try await modelName(row.model, for: user)
        let values = try await services.predictions.predictRow(row.values.map(Double.init), keys: row.keys, of: name)
        let labels = try await services.predictions.card(of: name).classNames
        return (values, labels?.count == values.count ? labels : nil)
    }

    @Sendable private func predictPicture(_ call: Call, _ user: User) async throws -> Response {
        let form = try await UploadedPicture.read(call, named: ["image"], limits: services.configuration.limits)
        guard let picture = form.content else {
            throw Problem(
                .badRequest, "The form has no file “image”, as from curl -F image=@picture.png -F model=NAME.")
        }
        let name = try await modelName(form.fields["model"], for: user)
        let prediction = try await services.predictions.predictPicture(picture, of: name)
        guard let best = prediction.top?.first else { return .tfaas(numbers: try prediction.firstRow()) }
        return try .json(
            TFaaSLabels(
                filename: form.filename, labels: best.map { .init(label: $0.label, probability: Float($0.score)) }))
    }

    private func collect(_ call: Call) async throws -> ByteBuffer {
        let limit = services.configuration.limits.maximumJSONBytes
        try UploadLimit.check(call.request, maximumBytes: Int64(limit))
        return try await call.request.body.collect(upTo: limit)
    }
}

/// What a picture shows, the best first.
struct TFaaSLabels: Encodable, Sendable {
    struct Label: Encodable, Sendable {
        var label: String
        var probability: Float
    }

    var filename: String
    var labels: [Label]

    static let sample = TFaaSLabels(
        filename: "picture.png",
        labels: [Label(label: "higgs", probability: 0.91), Label(label: "qcd", probability: 0.09)])
}

extension Response {
    /// A bare array and a line feed. JSON has no word for what is no number: `null` stands for it.
    static func tfaas(numbers: [Float]) -> Response {
        let texts = numbers.map { number in
            guard number.isFinite else { return "null" }
            let text = number.description
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "[\(texts.joined(separator: ","))]\n")))
    }
}
