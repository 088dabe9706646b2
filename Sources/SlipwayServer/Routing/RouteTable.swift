import HTTPTypes

/// What is known of the routes beyond the router itself: which methods a path has, and how its errors look.
struct RouteTable: Sendable {
    private struct Row {
        let pattern: [Substring]
        let template: String
        let method: HTTPRequest.Method
        let style: ErrorStyle
    }

    private var rows: [Row] = []
    private var prefixes: [(path: String, style: ErrorStyle)] = []
    private(set) var endpoints: [Endpoint] = []

    init(_ registrations: [any RouteRegistration]) {
        for registration in registrations {
            let style = registration.errorStyle
            for endpoint in registration.endpoints {
                endpoints.append(endpoint)
                let pattern = endpoint.path.split(separator: "/")
                rows.append(Row(pattern: pattern, template: endpoint.path, method: endpoint.method, style: style))
            }
            for prefix in registration.prefixes { prefixes.append((prefix, style)) }
        }
        prefixes.sort { $0.path.count > $1.path.count }
    }

    /// The methods that the routes at this path take; empty where there is no route.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        var methods = Set(rows.filter { Self.matches($0.pattern, parts) }.map(\.method.rawValue))
        if methods.contains("GET") { methods.insert("HEAD") }
        return methods.sorted()
    }

    /// How errors look at this path.
    func errorStyle(at path: String) -> ErrorStyle {
        let parts = path.split(separator: "/")
        if let row = rows.first(where: { Self.matches($0.pattern, parts) }) { return row.style }
        return prefixes.first { path == $0.path || path.hasPrefix($0.path + "/") }?.style ?? .problemJSON
    }

    private static func matches(_ pattern: [Substring], _ parts: [Substring]) -> Bool {
        if pattern.last == "**" {
            let head = pattern.dropLast()
            return parts.count > head.count && matches(Array(head), Array(parts.prefix(head.count)))
        }
        return pattern.count == parts.count
            && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
