/// A port of 127.0.0.1 where nobody listens, and nobody else can begin to: connections are refused for the length of
/// a body.
enum SilentPort {
    static func held(_ body: (Int) async throws -> Void) async throws {
        let port = try HeldPort()
        try await body(port.number)
        withExtendedLifetime(port) {}
    }
}
