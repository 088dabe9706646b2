import Foundation
import HTTPTypes
import Hummingbird
import Multipart
import NIOCore
import NIOFoundationCompat
import SlipwayAPI
import SlipwayServices

/// Reads what is to be scored from the wire: a form with a file, or a JSON object.
struct BulkReceiver: Sendable {
    let services: Services

    /// Bytes of a JSON body, and of a form's fields.
    private static let maximumFieldBytes = 64 * 1024

    /// Reads the request to its end; a file goes to disk as it arrives.
    ///
    /// - Throws: `Problem`, `MultipartError` or `SlipwayError`.
    func receive(_ call: Call, into intake: TaskIntake) async throws -> BulkRequest {
        let type = call.request.headers[.contentType] ?? ""
        switch type.prefix(while: { $0 != ";" }).lowercased().trimmingCharacters(in: .whitespaces) {
        case "multipart/form-data":
            return try Self.request(from: await form(call, boundary: MultipartBoundary(contentType: type), intake))
        case "application/json":
            let body = try await call.request.body.collect(upTo: Self.maximumFieldBytes)
            return try Self.request(from: Self.json(Data(buffer: body)))
        default:
            throw Problem(
                .unsupportedMediaType,
                "The Content-Type is “\(type.prefix(100))”; send multipart/form-data with a file, or application/json "
                    + "with {\"dataset\": \"NAME.csv\"}.")
        }
    }

    private static func json(_ data: Data) throws -> BulkRequestBody {
        do {
            let members = try JSONDecoder().decode([String: JSONValue].self, from: data)
            try refuseUnknown(members.keys)
            return try JSONDecoder().decode(BulkRequestBody.self, from: data)
        } catch let error as DecodingError {
            guard case .typeMismatch(_, let context) = error, let key = context.codingPath.first else {
                throw Problem(.badRequest, "The body must be a JSON object such as {\"dataset\": \"wine.csv\"}.")
            }
            throw Problem(parameter: key.stringValue, value: nil, "has a value of the wrong kind.")
        }
    }

    private func form(
        _ call: Call, boundary: MultipartBoundary, _ intake: TaskIntake
    ) async throws -> BulkRequestBody {
        let limits = services.configuration.limits
        try UploadLimit.check(call.request, maximumBytes: limits.maximumRequestBytes)
        let parts = MultipartStream(
            call.request.body, boundary: boundary,
            limits: MultipartLimits(
                maximumParts: limits.maximumParts, maximumPartBytes: limits.maximumPartBytes,
                maximumFieldBytes: Int64(Self.maximumFieldBytes), maximumTotalBytes: limits.maximumRequestBytes))
        var fields: [String: String] = [:]
        var field: (name: String, bytes: ByteBuffer)?
        for try await event in parts {
            switch event {
            case .partBegan(let head) where head.filename != nil:
                guard head.name == "file" else {
                    throw Problem(parameter: head.name, value: head.filename, "is not known; send the file as “file”.")
                }
                try await intake.begin(partNamed: head.name, filename: head.filename, contentType: head.contentType)
            case .partBegan(let head): field = (head.name, ByteBuffer())
            case .body(let bytes):
                if field == nil { try await intake.write(bytes) } else { field?.bytes.writeImmutableBuffer(bytes) }
            case .partEnded:
                if let ended = field {
                    fields[ended.name] = String(buffer: ended.bytes)
                } else {
                    try await intake.endPart()
                }
                field = nil
            case .finished: break
            }
        }
        try Self.refuseUnknown(fields.keys)
        return try Self.body(fields)
    }

    private static func body(_ fields: [String: String]) throws -> BulkRequestBody {
        func number(_ name: String) throws -> Int? {
            guard let text = fields[name] else { return nil }
            guard let number = Int(text) else { throw Problem(parameter: name, value: text, "must be a whole number.") }
            return number
        }
        var body = BulkRequestBody()
        body.dataset = fields["dataset"]
        body.version = fields["version"]
        body.outputFormat = fields["output_format"]
        body.chunkRows = try number("chunk_rows")
        body.tree = fields["tree"]
        body.columns = fields["columns"]?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        body.partition = fields["partition"]
        body.account = fields["account"]
        body.time = fields["time"]
        body.memory = fields["memory"]
        body.cpus = try number("cpus")
        return body
    }

    /// A misspelled member must not mean the default.
    private static func refuseUnknown(_ names: some Collection<String>) throws {
        let known = BulkRequestBody.CodingKeys.allCases.map(\.rawValue)
        guard let stranger = names.sorted().first(where: { !known.contains($0) }) else { return }
        throw Problem(
            parameter: stranger, value: nil, "is not known here; known: \(known.sorted().joined(separator: ", ")).")
    }

    private static func request(from body: BulkRequestBody) throws -> BulkRequest {
        var request = BulkRequest()
        request.version = body.version
        request.dataset = body.dataset
        if let text = body.outputFormat {
            guard let format = BulkRequest.OutputFormat(rawValue: text) else {
                let known = BulkRequest.OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(parameter: "output_format", value: text, "must be one of \(known).")
            }
            request.outputFormat = format
        }
        if let rows = body.chunkRows {
            guard BulkRequest.chunkRange.contains(rows) else {
                throw Problem(
                    parameter: "chunk_rows", value: "\(rows)",
                    "must be from \(BulkRequest.chunkRange.lowerBound) to \(BulkRequest.chunkRange.upperBound).")
            }
            request.chunkRows = rows
        }
        request.tree = body.tree
        request.columns = body.columns
        request.partition = body.partition
        request.account = body.account
        request.time = body.time
        request.memory = body.memory
        request.cpus = body.cpus
        return request
    }
}
