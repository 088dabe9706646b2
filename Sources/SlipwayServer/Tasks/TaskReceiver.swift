import HTTPTypes
package import Hummingbird
import Multipart
import NIOCore
package import SlipwayCore
package import SlipwayServices

/// Takes the multipart request of a new task from the wire to the task service, whichever dialect it is written in.
package struct TaskReceiver: Sendable {
    private let services: Services

    package init(services: Services) {
        self.services = services
    }

    /// What a submission came to.
    package enum Outcome: Sendable {
        case stored(Submission)
        /// `dry_run` was asked for: nothing is stored.
        case previewed(TaskPreview)
    }

    /// Reads the request to its end and stores the task, or with `?dry_run=true` only looks at it.
    ///
    /// The body streams to disk; of a request that fails, or is cut off, nothing is left.
    ///
    /// - Throws: `Problem`, `MultipartError` or `SlipwayError`.
    package func receive(_ call: Call, from user: User) async throws -> Outcome {
        let isDryRun = try call.query.flag("dry_run")
        let key = try Self.idempotencyKey(call.request)
        let limits = services.configuration.limits
        guard let contentType = call.request.headers[.contentType] else {
            throw Problem(
                .unsupportedMediaType,
                "The request has no Content-Type; this address takes multipart/form-data, as from "
                    + "curl -F files=@config.json -F files=@train.py.")
        }
        let boundary = try MultipartBoundary(contentType: contentType)
        try UploadLimit.check(call.request, maximumBytes: limits.maximumRequestBytes)
        let intake = try await services.tasks.beginIntake(for: user)
        do {
            let parts = MultipartStream(
                call.request.body, boundary: boundary,
                limits: MultipartLimits(
                    maximumParts: limits.maximumParts, maximumPartBytes: limits.maximumPartBytes,
                    maximumFieldBytes: Int64(limits.maximumConfigBytes),
                    maximumTotalBytes: limits.maximumRequestBytes))
            try await Self.store(parts, in: intake)
            guard isDryRun else {
                return .stored(try await services.tasks.submit(intake, idempotencyKey: key))
            }
            let preview = try await services.tasks.preview(intake)
            await intake.discard()
            return .previewed(preview)
        } catch {
            await intake.discard()
            throw error
        }
    }

    private static func store(_ parts: MultipartStream<RequestBody>, in intake: TaskIntake) async throws {
        for try await event in parts {
            switch event {
            case .partBegan(let head):
                try await intake.begin(partNamed: head.name, filename: head.filename, contentType: head.contentType)
            case .body(let bytes): try await intake.write(bytes)
            case .partEnded: try await intake.endPart()
            case .finished: break
            }
        }
    }

    /// - Throws: `Problem` with status 400 for a key that cannot be one.
    package static func idempotencyKey(_ request: Request) throws -> String? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(
                parameter: "Idempotency-Key", value: key, "must be 1 to 255 visible ASCII characters, without spaces.")
        }
        return key
    }
}
