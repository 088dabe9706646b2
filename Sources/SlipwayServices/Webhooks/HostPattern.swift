/// Hosts that an operator allows: `hooks.example.org`, `*.example.org` for every name below it, `127.0.0.1:9000`,
/// `[::1]:9000`.
///
/// Without a port only the scheme's own port matches: whoever allows a host has not allowed all that listens there.
package struct HostPattern: Sendable, Hashable, CustomStringConvertible {
    /// Lower case; IPv6 addresses in brackets.
    private let name: String
    /// `name` is what hosts end in, behind a dot.
    private let isSuffix: Bool
    private let port: Int?

    /// - Returns: nil for what is no host, port and, at its beginning, `*.`.
    package init?(_ text: String) {
        var rest = text.lowercased()[...]
        if !rest.hasSuffix("]"), let colon = rest.lastIndex(of: ":") {
            guard let port = UInt16(rest[rest.index(after: colon)...]), port > 0 else { return nil }
            self.port = Int(port)
            rest = rest[..<colon]
        } else {
            port = nil
        }
        isSuffix = rest.hasPrefix("*.")
        if isSuffix { rest = rest.dropFirst(2) }
        name = String(rest)
        guard Self.isHost(name), !isSuffix || !name.hasPrefix("[") else { return nil }
    }

    package func matches(host: String, port: Int, standardPort: Int) -> Bool {
        guard port == self.port ?? standardPort else { return false }
        let host = host.lowercased()
        return isSuffix ? host.hasSuffix("." + name) : host == name
    }

    package var description: String { (isSuffix ? "*." : "") + name + (port.map { ":\($0)" } ?? "") }

    /// A name as DNS carries it, an IPv4 address, or an IPv6 address in brackets. Nothing is decoded: what stands in
    /// a URL is compared as it stands.
    static func isHost(_ text: String) -> Bool {
        if text.hasPrefix("[") {
            return text.hasSuffix("]") && text.utf8.count > 4
                && text.dropFirst().dropLast().allSatisfy { $0.isASCII && ($0.isHexDigit || $0 == ":" || $0 == ".") }
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
            }
    }
}
