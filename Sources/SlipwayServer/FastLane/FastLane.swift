import HTTPTypes
import Inference
import Logging
import NIOCore
import NIOHTTP1
import OpenInference
import SlipwayCore
import SlipwayServices
import Synchronization

/// Inferences of the Open Inference Protocol whose caller and version were known a moment ago.
///
/// What an inference costs besides the model is mostly what surrounds it: a task a request, look-ups, a log line. A
/// request that needs none of them is parsed where it arrives and answered from the model's own thread. Everything
/// else, every error in the request included, goes the long way, where it is said what is wrong.
final class FastLane: Sendable {
    struct Answer: Sendable {
        let status: HTTPResponseStatus
        let headers: HTTPHeaders
        let body: ByteBuffer
    }

    /// Bytes of a body that is parsed on an event loop, where the configuration allows as many.
    private let largestBody: Int
    private let services: Services
    private let metrics: HTTPMetrics
    private let browserHeaders: [(String, String)]
    private let logger: Logger
    private let clock = ClockText()
    private let mailboxes = Mutex<[ObjectIdentifier: FastLaneMailbox]>([:])

    init(services: Services, metrics: HTTPMetrics, browserHeaders: HTTPFields, logger: Logger) {
        self.services = services
        largestBody = min(1 << 20, services.configuration.limits.maximumJSONBytes)
        self.metrics = metrics
        self.browserHeaders = browserHeaders.map { ($0.name.canonicalName, $0.value) }
        self.logger = logger
    }

    func mailbox(of eventLoop: any EventLoop) -> FastLaneMailbox {
        mailboxes.withLock { mailboxes in
            let key = ObjectIdentifier(eventLoop)
            if let mailbox = mailboxes[key] { return mailbox }
            let mailbox = FastLaneMailbox(eventLoop: eventLoop, models: services.models)
            mailboxes[key] = mailbox
            return mailbox
        }
    }

    /// Whether a request could be one for the lane, by its head alone.
    func mayTake(_ head: HTTPRequestHead) -> Bool {
        guard head.method == .POST, FastLanePath(head.uri) != nil,
            let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length <= largestBody
        else { return false }
        // What is compressed, waits for a word from the server, or wants its answer compressed is for the long way.
        return !["expect", "content-encoding", "accept-encoding"].contains { head.headers.contains(name: $0) }
    }

    /// Starts an inference where nothing has to be looked up.
    ///
    /// - Parameter completion: Called once, on any thread, where the request was taken.
    /// - Returns: False where the request must go the long way; nothing of it has been done.
    func take(
        _ head: HTTPRequestHead, _ body: ByteBuffer, guest: GuestRunner,
        completion: @escaping @Sendable (Answer) -> Void
    ) -> Bool {
        let start = ContinuousClock.now
        guard let path = FastLanePath(head.uri), isKnown(head.headers),
            let version = services.models.recentVersion(path.selector, of: path.name),
            let request = Self.request(head.headers, body)
        else { return false }
        metrics.requestBegan()
        services.models.infer(
            version, inputs: request.inputs.map(Tensor.init), outputs: request.outputNames, guest: guest
        ) { [self] result in
            let answer = answer(to: request, from: version, result)
            metrics.requestEnded(
                method: "POST", template: path.template, status: Int(answer.status.code),
                seconds: (ContinuousClock.now - start) / .seconds(1))
            completion(answer)
        }
        return true
    }

    private func isKnown(_ headers: HTTPHeaders) -> Bool {
        guard let header = headers.first(name: "authorization"), header.hasPrefix("Bearer slw_") else { return false }
        return services.users.recentUser(token: String(header.dropFirst("Bearer ".count))) != nil
    }

    private static func request(_ headers: HTTPHeaders, _ body: ByteBuffer) -> InferenceRequest? {
        guard let header = headers.first(name: "inference-header-content-length") else {
            return try? InferenceRequest.parse(body: body)
        }
        // A body without JSON needs the model's signature to be read.
        guard let length = Int(header), length > 0 else { return nil }
        return try? InferenceRequest.parse(body: body, jsonLength: length)
    }

    private func answer(
        to request: InferenceRequest, from version: ModelVersion, _ result: Result<[Tensor], any Error>
    ) -> Answer {
        do {
            let response = InferenceResponse(
                modelName: version.name, modelVersion: "\(version.version)", id: request.id,
                outputs: try result.get().map { try InferenceOutput($0, answering: request) })
            var body = ByteBuffer()
            let jsonLength = try response.write(into: &body)
            var headers = headers(
                contentType: jsonLength == nil ? "application/json" : "application/octet-stream",
                length: body.readableBytes)
            if let jsonLength { headers.add(name: "inference-header-content-length", value: "\(jsonLength)") }
            headers.add(name: "slipway-model-version", value: "\(version.version)")
            headers.add(name: "slipway-model-digest", value: version.sha256)
            return Answer(status: .ok, headers: headers, body: body)
        } catch {
            return answer(for: error)
        }
    }

    private func answer(for error: any Error) -> Answer {
        let problem: Problem =
            switch error {
            case let error as SlipwayError where error.code != .internal: Problem(error)
            case let error as OpenInferenceError: Problem(error)
            default: .fault
            }
        var body = ByteBuffer()
        ErrorResponse(problem.detail).write(into: &body)
        var headers = headers(contentType: "application/json", length: body.readableBytes)
        if problem.status == .internalServerError {
            logger.error(
                "Request failed",
                metadata: [
                    "error": "\(String(reflecting: error))",
                    "request_id": "\(headers.first(name: "x-request-id") ?? "")",
                ])
        }
        for field in problem.headers { headers.add(name: field.name.canonicalName, value: field.value) }
        return Answer(status: HTTPResponseStatus(statusCode: problem.status.code), headers: headers, body: body)
    }

    private func headers(contentType: String, length: Int) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserveCapacity(browserHeaders.count + 9)
        headers.add(name: "content-type", value: contentType)
        headers.add(name: "content-length", value: "\(length)")
        headers.add(name: "x-request-id", value: String(UInt64.random(in: .min ... .max), radix: 36))
        headers.add(name: "date", value: clock.now)
        headers.add(name: "server", value: HTTPServer.name)
        headers.add(contentsOf: browserHeaders)
        return headers
    }
}
