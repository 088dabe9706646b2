import HTTPTypes
import Hummingbird

/// The routes as a page, each with a call to copy.
struct DocumentationPage {
    let endpoints: [Endpoint]

    func response() -> Response {
        var groups: [String] = []
        for endpoint in endpoints where !groups.contains(endpoint.documentation.group) {
            groups.append(endpoint.documentation.group)
        }
        let sections = groups.map { group in
            let entries = endpoints.filter { $0.documentation.group == group }.map(entry)
            return HTML("<h2>\(group)</h2>\(entries)")
        }
        let body: HTML = """
            <h1>Slipway</h1>
            <p>Every route, with a call to copy. <code>$SLIPWAY_URL</code> is this server's address,
            <code>$SLIPWAY_TOKEN</code> an API token or the <code>access_token</code> of a login.
            The same for programs: <a href="/openapi.json">openapi.json</a>. Errors are
            <code>application/problem+json</code> (RFC 9457) unless said otherwise.</p>\(sections)
            """
        return Page(title: "Documentation", body: body).response()
    }

    private func entry(_ endpoint: Endpoint) -> HTML {
        let documentation = endpoint.documentation
        let access =
            switch endpoint.access {
            case .open: "open"
            case .user: "token"
            case .admin: "administrator's token"
            }
        let rows = documentation.parameters.map { parameter in
            HTML(
                """
                <tr><td><code>\(parameter.name)</code></td><td>\(parameter.place.rawValue)</td>\
                <td>\(parameter.meaning)</td></tr>
                """)
        }
        let answer = "\(documentation.answer.status) \(documentation.answer.contentType)"
        return """
            <details><summary><code>\(endpoint.method.rawValue) \(endpoint.path)</code> \(documentation.summary)</summary>
            <p class="muted">\(access) · answers \(answer)</p><table>\(rows)</table>
            <pre>\(Self.curl(endpoint))</pre></details>
            """
    }

    /// A command line that calls the endpoint.
    static func curl(_ endpoint: Endpoint) -> String {
        var words = ["curl"]
        if endpoint.method != .get, endpoint.method != .post || endpoint.documentation.body == nil {
            words.append("-X \(endpoint.method.rawValue)")
        }
        if endpoint.access != .open { words.append("-H \"Authorization: Bearer $SLIPWAY_TOKEN\"") }
        if endpoint.documentation.answer.contentType == "text/event-stream" { words.append("-N") }
        if let body = endpoint.documentation.body { words.append(body.curl) }
        var path = endpoint.path.replacing("/**", with: "/PATH")
        for part in path.split(separator: "/") where part.hasPrefix("{") {
            path = path.replacing(part, with: part.dropFirst().dropLast().uppercased())
        }
        return (words + ["\"$SLIPWAY_URL\(path)\""]).joined(separator: " ")
    }
}
