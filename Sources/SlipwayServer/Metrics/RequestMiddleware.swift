import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What holds for every request: its id, a line in the log, the counters, the headers that browsers want.
struct RequestMiddleware: RouterMiddleware {
    let metrics: HTTPMetrics
    let browserHeaders: HTTPFields

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        metrics.requestBegan()
        var status = 400
        defer { note(request, context, status: status, duration: .now - start) }
        var request = request
        if request.headers[.expect]?.lowercased() == "100-continue" {
            request.body = RequestBody(asyncSequence: BodyOnDemand(base: request.body, channel: context.channel))
        }
        var response = try await next(request, context)
        status = response.status.code
        response.headers[.requestID] = context.requestID
        addBrowserHeaders(to: &response)
        countStream(of: &response)
        return response
    }

    private func note(_ request: Request, _ context: ServerContext, status: Int, duration: Duration) {
        let seconds = duration / .seconds(1)
        let template = context.endpointPath ?? "NotFound"
        metrics.requestEnded(method: request.method.rawValue, template: template, status: status, seconds: seconds)
        let isProbe = ["/healthz", "/readyz", "/metrics"].contains(template)
        context.logger.log(
            level: isProbe ? .debug : .info, "Request answered",
            metadata: [
                "method": .string(request.method.rawValue),
                "path": .string(request.uri.path),
                "status": .stringConvertible(status),
                "ms": .stringConvertible((seconds * 10_000).rounded() / 10),
                "user": .string(context.notes.user ?? "-"),
            ])
    }

    private func addBrowserHeaders(to response: inout Response) {
        // What a route says itself of its policy and of caching stands.
        for field in browserHeaders where response.headers[field.name] == nil {
            response.headers[field.name] = field.value
        }
    }

    /// Bodies that take long to send are counted until they are out; small ones keep the server's single write.
    private func countStream(of response: inout Response) {
        let body = response.body
        guard body.contentLength.map({ $0 > 1 << 20 }) ?? true else { return }
        response.body = ResponseBody(contentLength: body.contentLength) { [metrics] writer in
            metrics.streamBegan()
            defer { metrics.streamEnded() }
            try await body.write(writer)
        }
    }
}
