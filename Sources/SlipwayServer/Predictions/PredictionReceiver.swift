import HTTPTypes
import Hummingbird
import Multipart
import NIOCore
import SlipwayCore
import SlipwayServices

/// Takes the body of a prediction from the wire to the model, whatever its media type.
struct PredictionReceiver {
    let services: Services
    let name: String
    /// A number or an alias; nil is the alias `default`.
    let selector: String?

    /// Bytes of a picture's file.
    private static let pictureLimit = 32 << 20

    /// - Throws: `Problem`, `MultipartError` or `SlipwayError`.
    func predict(_ call: Call) async throws -> Prediction {
        let contentType = call.request.headers[.contentType] ?? "application/json"
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        let isTable = type == "text/csv"
        let stranger = call.query.names.first { !isTable && ["raw", "header"].contains($0) }
        if let stranger {
            throw Problem(parameter: stranger, value: call.query[stranger], "goes with a text/csv body alone.")
        }
        switch type {
        // The second is what curl says of -d when nobody tells it better.
        case "application/json", "application/x-www-form-urlencoded": return try await json(call)
        case "text/csv": return try await table(call)
        case "image/png", "image/jpeg", "image/jpg": return try await picture(call)
        case "multipart/form-data": return try await form(call, contentType)
        default:
            throw Problem(
                .unsupportedMediaType,
                "The Content-Type is “\(contentType)”; send application/json, text/csv, image/png, image/jpeg, or "
                    + "multipart/form-data with a picture.")
        }
    }

    private func json(_ call: Call) async throws -> Prediction {
        let body = try await InferenceBody.receive(
            call.request, limit: services.configuration.limits.maximumJSONBytes)
        var request = try PredictionDocument(body.bytes).request
        if let outputs = outputs(call) {
            guard request.outputs == nil else {
                throw Problem(parameter: "outputs", value: call.query["outputs"], "stands in the body too.")
            }
            request.outputs = outputs
        }
        return try await services.predictions.predict(request, of: name, version: selector)
    }

    private func table(_ call: Call) async throws -> Prediction {
        let limit = services.configuration.limits.maximumJSONBytes
        try UploadLimit.check(call.request, maximumBytes: Int64(limit))
        let isRaw = try call.query.flag("raw")
        let hasHeader = call.query["header"] == nil ? nil : try call.query.flag("header")
        let card = try await services.predictions.card(of: name, version: selector)
        var table = CSVTable(for: card, hasHeader: hasHeader)
        var received = 0
        for try await piece in call.request.body {
            received += piece.readableBytes
            guard received <= limit else { throw UploadLimit.tooLarge("is longer than that", Int64(limit)) }
            try table.read(piece)
        }
        return try await services.predictions.predict(
            table.request(isRaw: isRaw, outputs: outputs(call)), with: card)
    }

    private func picture(_ call: Call) async throws -> Prediction {
        try UploadLimit.check(call.request, maximumBytes: Int64(Self.pictureLimit))
        let body = try await call.request.body.collect(upTo: Self.pictureLimit)
        return try await services.predictions.predictPicture(
            body, outputs: outputs(call), of: name, version: selector)
    }

    private func form(_ call: Call, _ contentType: String) async throws -> Prediction {
        let boundary = try MultipartBoundary(contentType: contentType)
        let parts = MultipartStream(
            call.request.body, boundary: boundary,
            limits: MultipartLimits(
                maximumParts: 4, maximumPartBytes: Int64(Self.pictureLimit), maximumFieldBytes: 16 << 10,
                maximumTotalBytes: Int64(Self.pictureLimit) + 1 << 20))
        var picture: ByteBuffer?
        var isPicture = false
        for try await event in parts {
            switch event {
            case .partBegan(let head):
                guard head.filename != nil else { throw unexpectedField(head.name) }
                guard picture == nil else {
                    throw Problem(
                        SlipwayError(
                            .invalid, "The form has several files.",
                            faults: [FieldFault(path: head.name, message: "is a second file; one picture is taken")]))
                }
                isPicture = true
                picture = ByteBuffer()
            case .body(var bytes): if isPicture { picture?.writeBuffer(&bytes) }
            case .partEnded: isPicture = false
            case .finished: break
            }
        }
        guard let picture else {
            throw Problem(
                SlipwayError(
                    .invalid, "The form has no picture.",
                    faults: [FieldFault(path: "image", message: "is missing: curl -F image=@picture.png")]))
        }
        return try await services.predictions.predictPicture(
            picture, outputs: outputs(call), of: name, version: selector)
    }

    private func unexpectedField(_ name: String) -> Problem {
        Problem(
            SlipwayError(
                .invalid, "The form has a field that is not known.",
                faults: [FieldFault(path: name, message: "is no file; only a picture is taken here")]))
    }

    private func outputs(_ call: Call) -> [String]? {
        let outputs = call.query.list("outputs")
        return outputs.isEmpty ? nil : outputs
    }
}
