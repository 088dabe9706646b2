/// Model and version of an inference's path, as long as nothing in it is encoded.
struct FastLanePath: Equatable {
    let name: String
    /// A version's number or an alias; nil is the default.
    let selector: String?

    /// - Returns: Nil for every other path.
    init?(_ uri: String) {
        guard uri.hasPrefix("/v2/models/"), uri.hasSuffix("/infer"), !uri.utf8.contains(where: Self.isSpecial) else {
            return nil
        }
        let parts = uri.split(separator: "/", omittingEmptySubsequences: false)
        switch parts.count {
        case 5:
            name = String(parts[3])
            selector = nil
        case 7 where parts[4] == "versions":
            name = String(parts[3])
            selector = String(parts[5])
        default: return nil
        }
    }

    /// The route's own path, for the counters.
    var template: String {
        selector == nil ? "/v2/models/{name}/infer" : "/v2/models/{name}/versions/{version}/infer"
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "%") || byte == UInt8(ascii: "?")
    }
}
