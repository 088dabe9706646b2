import Hummingbird

/// What a path such as `/v1/models/NAME/versions/3:predict` asks for, and of which model.
struct ServingCall {
    let name: String
    let version: String?
    let label: String?
    /// What follows the path's last colon.
    let verb: String

    /// - Throws: `Problem` with status 405 where the path does not say what is to be done, 400 for a broken encoding.
    init(_ call: Call) throws {
        let (name, version, label) = try (call.parameter("name"), call.optional("version"), call.optional("label"))
        let (last, verb) = try Self.split(version ?? label ?? name)
        self.name = (version ?? label) == nil ? last : name
        self.version = version == nil ? nil : last
        self.label = label == nil ? nil : last
        self.verb = verb
    }

    private static func split(_ part: String) throws -> (target: String, verb: String) {
        guard let colon = part.lastIndex(of: ":") else {
            throw Problem(
                .methodNotAllowed, "A POST names what to do behind a colon: “\(part.prefix(60)):predict”.",
                headers: [.allow: "GET, HEAD"])
        }
        return (String(part[..<colon]), String(part[part.index(after: colon)...]))
    }
}
