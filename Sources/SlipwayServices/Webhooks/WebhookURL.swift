import Foundation
import SlipwayCore

/// An address that the operator's rules allow to be told of a task's end.
struct WebhookURL: Sendable, Hashable {
    /// As it was written.
    let text: String
    let host: String

    /// Bytes of the longest URL.
    static let maximumLength = 2000

    /// - Throws: `SlipwayError` of code `invalid`, whose sentence follows the value in a message.
    init(_ text: String, allowedBy rules: WebhookConfiguration) throws(SlipwayError) {
        guard !rules.hosts.isEmpty else {
            throw SlipwayError(.invalid, "cannot be given: the operator of this server allows no host for webhooks")
        }
        guard text.utf8.count <= Self.maximumLength,
            let parts = URLComponents(string: text, encodingInvalidCharacters: false),
            let scheme = parts.scheme?.lowercased(), let host = parts.encodedHost, HostPattern.isHost(host)
        else { throw SlipwayError(.invalid, "must be a URL such as https://hooks.example.org/slipway") }
        let standardPort: Int
        switch scheme {
        case "https":
            standardPort = 443
        case "http" where rules.allowsPlainHTTP:
            standardPort = 80
        default:
            throw SlipwayError(
                .invalid, "must begin with https://\(rules.allowsPlainHTTP ? " or http://" : "")")
        }
        guard parts.user == nil, parts.password == nil else {
            throw SlipwayError(.invalid, "must not hold a user name or password")
        }
        guard parts.fragment == nil else {
            throw SlipwayError(.invalid, "must not hold a fragment (the part behind “#”)")
        }
        let port = parts.port ?? standardPort
        guard rules.hosts.contains(where: { $0.matches(host: host, port: port, standardPort: standardPort) }) else {
            let place = port == standardPort ? host : "\(host):\(port)"
            throw SlipwayError(
                .invalid,
                """
                names the host “\(place)”, which the operator does not allow; \
                allowed: \(TaskConfigReader.list(rules.hosts.map(\.description)))
                """)
        }
        self.text = text
        self.host = host
    }
}
