import Foundation
package import Hummingbird

/// One request as an endpoint sees it.
package struct Call: Sendable {
    package let request: Request
    package let context: ServerContext
    /// The query string, decoded.
    package let query: QueryItems

    init(request: Request, context: ServerContext) {
        self.request = request
        self.context = context
        query = QueryItems(request.uri.query ?? "")
    }

    /// A part of the path that the endpoint's template names, percent-decoded.
    ///
    /// - Throws: `Problem` with status 400 where the encoding is broken.
    package func parameter(_ name: String) throws -> String {
        let raw = context.parameters.get(name) ?? ""
        guard let text = raw.removingPercentEncoding else {
            throw Problem(.badRequest, "“\(raw)” in the path is not percent-encoded UTF-8.")
        }
        return text
    }

    /// What `**` at the end of the template stands for, percent-decoded, with its slashes.
    package func remainingPath() throws -> String {
        try context.parameters.getCatchAll().map { part in
            guard let text = part.removingPercentEncoding else {
                throw Problem(.badRequest, "“\(part)” in the path is not percent-encoded UTF-8.")
            }
            return text
        }.joined(separator: "/")
    }

    /// Whether a person's browser asks: it wants a page rather than JSON.
    package var wantsHTML: Bool { request.headers[.accept].map(Self.prefersHTML) ?? false }

    static func prefersHTML(_ accept: String) -> Bool {
        let accept = accept.lowercased()
        guard let html = accept.range(of: "text/html") else { return false }
        guard let json = accept.range(of: "application/json") else { return true }
        return html.lowerBound < json.lowerBound
    }
}
