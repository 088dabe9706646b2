import SlipwayAPI
import Testing

/// A route that `/openapi.json` tells of.
struct DocumentedRoute: Sendable, CustomStringConvertible {
    var method: String
    /// With its placeholders, as `/task/{id}`.
    var template: String
    var isOpen: Bool

    var description: String { "\(method) \(template)" }

    /// The path with every placeholder replaced; the ones that no value is given for by `x`.
    func path(_ values: [String: String] = [:]) -> String {
        template.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix("{") ? values[String(part.dropFirst().dropLast())] ?? "x" : String(part)
        }.joined(separator: "/")
    }

    static func all(of server: TestServer) async throws -> [DocumentedRoute] {
        let document = try await server.get("/openapi.json", as: nil).object()
        guard case .object(let paths)? = document["paths"] else { throw TestFailure("the document has no paths") }
        return try paths.sorted { $0.key < $1.key }.flatMap { template, operations in
            guard case .object(let methods) = operations else { throw TestFailure("\(template) has no methods") }
            return try methods.sorted { $0.key < $1.key }.map { method, operation in
                guard case .object(let members) = operation, case .array(let security)? = members["security"] else {
                    throw TestFailure("\(method) \(template) does not say who may")
                }
                return DocumentedRoute(method: method.uppercased(), template: template, isOpen: security.isEmpty)
            }
        }
    }
}
