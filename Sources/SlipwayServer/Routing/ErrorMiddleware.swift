import HTTPTypes
import Hummingbird
import Logging
import Multipart
import NIOCore
import NIOHTTP1
import OpenInference
import SlipwayCore

/// Turns every error into an answer in the shape of the API that was called.
struct ErrorMiddleware: RouterMiddleware {
    let table: RouteTable
    /// There is a page where people log in.
    let hasLogin: Bool

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = problem(for: error, request: request, context: context)
            if hasLogin, problem.status == .unauthorized, let login = BrowserLogin.redirection(for: request) {
                return login
            }
            if Call.prefersHTML(request.headers[.accept] ?? ""), request.method == .get {
                return ProblemPage(problem: problem).response()
            }
            return try table.errorStyle(at: request.uri.path).response(for: problem)
        }
    }

    private func problem(for error: any Error, request: Request, context: ServerContext) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as SlipwayError where error.code != .internal: return Problem(error)
        case let error as MultipartError: return Problem(error)
        case let error as OpenInferenceError: return Problem(error)
        case let error as HTTPError where error.status == .notFound: return unrouted(request)
        case let error as HTTPError where error.status.code < 500:
            return Problem(error.status, error.body ?? error.status.reasonPhrase, headers: error.headers)
        case HTTPParserError.invalidEOFState:
            return Problem(.badRequest, "The request ended before its body was complete: nothing of it was kept.")
        case let error as HTTPParserError:
            return Problem(.badRequest, "The request's body is not HTTP/1.1: \(error).")
        case let error as NIOTooManyBytesError:
            let limit = error.maxBytes.map { "the \($0) bytes" } ?? "what"
            return Problem(.contentTooLarge, "The body is longer than \(limit) that this route takes.")
        case let error as ChannelError:
            context.logger.debug("Connection ended during a request", metadata: ["error": "\(error)"])
            return Problem(.badRequest, "The connection ended before the request was complete.")
        case is CancellationError:
            return Problem(SlipwayError(.unavailable, "The server is shutting down. Try again in a moment."))
        default:
            context.logger.error("Request failed", metadata: ["error": "\(String(reflecting: error))"])
            return .fault
        }
    }

    /// The router found no endpoint: wrong method, or wrong path.
    private func unrouted(_ request: Request) -> Problem {
        let path = request.uri.path
        let methods = table.methods(at: path)
        guard !methods.isEmpty else {
            return Problem(.notFound, "There is no route “\(path)”; GET /docs lists those that exist.")
        }
        return Problem(
            .methodNotAllowed, "“\(path)” takes \(methods.joined(separator: ", ")), not \(request.method.rawValue).",
            headers: [.allow: methods.joined(separator: ", ")])
    }
}
