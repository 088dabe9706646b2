package import NIOCore

/// The answer to the protocol's health and readiness routes.
package enum Health: Sendable, Hashable {
    case live(Bool)
    case ready(Bool)
    /// One model's readiness, under its name.
    case modelReady(Bool, name: String)

    /// Appends `{"live": …}` or `{"ready": …}`.
    package func write(into buffer: inout ByteBuffer) {
        var writer = JSONWriter()
        writer.object { writer in
            switch self {
            case .live(let live):
                writer.member("live", bool: live)
            case .ready(let ready):
                writer.member("ready", bool: ready)
            case .modelReady(let ready, let name):
                writer.member("name", string: name)
                writer.member("ready", bool: ready)
            }
        }
        writer.write(into: &buffer)
    }
}
