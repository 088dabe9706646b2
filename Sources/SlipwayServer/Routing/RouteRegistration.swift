/// A set of routes that speak one dialect: the executable hands such sets to the server.
package protocol RouteRegistration: Sendable {
    /// The shape of the errors, those of authentication included.
    var errorStyle: ErrorStyle { get }
    /// Below these paths, unknown routes answer in `errorStyle` too; empty for routes at the root.
    var prefixes: [String] { get }
    var endpoints: [Endpoint] { get }
}

extension RouteRegistration {
    package var errorStyle: ErrorStyle { .problemJSON }
    package var prefixes: [String] { [] }
}
