import Foundation
import HTTPTypes
import Hummingbird

/// Sends a person's browser that brought no good credentials to the login page.
enum BrowserLogin {
    /// - Returns: nil for programs, and for requests that a page cannot repeat.
    static func redirection(for request: Request) -> Response? {
        guard request.method == .get, request.headers[.authorization] == nil,
            Call.prefersHTML(request.headers[.accept] ?? "")
        else { return nil }
        let wanted = LocalPath(request.head.path ?? "/")?.text ?? "/"
        let next = wanted.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "%2F"
        return .redirection(to: "/login?next=\(next)")
    }
}
