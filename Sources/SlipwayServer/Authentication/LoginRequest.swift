import Foundation
import HTTPTypes
import Hummingbird
import Multipart
import NIOCore
import NIOFoundationCompat

/// A name and a password, from a form (OAuth 2's password grant, RFC 6749 section 4.3) or from JSON.
struct LoginRequest: Decodable, Sendable {
    var username: String
    var password: String
    var grantType: String?
    /// Where the login page leads on to.
    var next: String?

    enum CodingKeys: String, CodingKey {
        case username, password
        case grantType = "grant_type"
        case next
    }

    private static let maximumBytes = 16 * 1024

    /// - Throws: `Problem` with status 400, 413 or 415; its text never holds the password.
    init(reading request: Request) async throws {
        let contentType = request.headers[.contentType] ?? "application/x-www-form-urlencoded"
        let fields: [String: String]
        switch contentType.prefix(while: { $0 != ";" }).lowercased().trimmingCharacters(in: .whitespaces) {
        case "application/json":
            let body = try await request.body.collect(upTo: Self.maximumBytes)
            guard let login = try? JSONDecoder().decode(Self.self, from: body) else {
                throw Problem(.badRequest, "The body must be {\"username\": \"…\", \"password\": \"…\"}.")
            }
            self = login
            try check()
            return
        case "application/x-www-form-urlencoded":
            let body = try await request.body.collect(upTo: Self.maximumBytes)
            let items = QueryItems(String(buffer: body))
            fields = ["username", "password", "grant_type", "next"].reduce(into: [:]) { $0[$1] = items[$1] }
        case "multipart/form-data":
            fields = try await Self.multipartFields(of: request, contentType: contentType)
        default:
            throw Problem(
                .unsupportedMediaType,
                "The Content-Type is “\(contentType)”; send a form with username and password, or JSON.")
        }
        guard let username = fields["username"], let password = fields["password"] else {
            throw Problem(.badRequest, "The form must hold the fields username and password.")
        }
        self.username = username
        self.password = password
        self.grantType = fields["grant_type"]
        self.next = fields["next"]
        try check()
    }

    private func check() throws {
        if let grantType, !["", "password"].contains(grantType) {
            throw Problem(parameter: "grant_type", value: grantType, "must be password.")
        }
    }

    private static func multipartFields(of request: Request, contentType: String) async throws -> [String: String] {
        let boundary = try MultipartBoundary(contentType: contentType)
        let limits = MultipartLimits(maximumParts: 8, maximumTotalBytes: Int64(maximumBytes))
        var fields: [String: String] = [:]
        var name = ""
        for try await event in MultipartStream(request.body, boundary: boundary, limits: limits) {
            switch event {
            case .partBegan(let head):
                name = head.name
                fields[name] = ""
            case .body(let bytes): fields[name, default: ""] += String(buffer: bytes)
            case .partEnded, .finished: break
            }
        }
        return fields
    }
}
