import Crypto
import Foundation
package import HTTPTypes
package import Hummingbird

/// A whole HTML page that loads nothing from anywhere.
package struct Page: Sendable {
    package var title: String
    package var body: HTML
    /// Seconds until the browser asks again; nil for a page that does not change.
    package var refreshSeconds: Int?

    package init(title: String, body: HTML, refreshSeconds: Int? = nil) {
        self.title = title
        self.body = body
        self.refreshSeconds = refreshSeconds
    }

    package func response(status: HTTPResponse.Status = .ok) -> Response {
        let refresh = refreshSeconds.map { HTML("<meta http-equiv=\"refresh\" content=\"\($0)\">") }
        let html: HTML = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">\(refresh)
            <title>\(title) · Slipway</title><style>\(Self.style)</style></head>
            <body>\(body)</body></html>

            """
        return Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: Self.policy,
                .vary: "Accept",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html.markup)))
    }

    /// Allows the page its own style and forms that post to this server; nothing else.
    private static let policy: String = {
        let hash = Data(SHA256.hash(data: Data(style.markup.utf8))).base64EncodedString()
        return "default-src 'none'; style-src 'sha256-\(hash)'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
    }()

    private static let style: HTML = """
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .75rem .25rem 0; \
        vertical-align: top; border-bottom: 1px solid #8884; }
        pre, code { font: .875rem/1.45 ui-monospace, monospace; } pre { background: #8882; padding: .75rem; \
        overflow: auto; max-height: 28rem; }
        .state { font-weight: 600; } .succeeded { color: #15803d; } .failed, .lost { color: #b91c1c; }
        .muted { opacity: .7; } label { display: block; margin: .75rem 0; } input { font: inherit; padding: .3rem; }
        """
}
