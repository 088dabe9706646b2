import Crypto
package import Foundation

/// The key that signs webhooks, as the Standard Webhooks specification writes it: `whsec_` and base64.
package struct WebhookSecret: Sendable {
    private let key: Data

    /// Bytes that the specification allows.
    private static let lengths = 24...64
    private static let prefix = "whsec_"

    /// - Returns: nil for what is not `whsec_` and the base64 of 24 to 64 bytes.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let key = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            Self.lengths.contains(key.count)
        else { return nil }
        self.key = key
    }

    /// 32 random bytes.
    package static func random() -> WebhookSecret { WebhookSecret(key: SymmetricKey(size: .bits256)) }

    private init(key: SymmetricKey) {
        self.key = key.withUnsafeBytes { Data($0) }
    }

    /// To be shown to receivers' operators, never to be logged.
    package var text: String { Self.prefix + key.base64EncodedString() }

    /// The value of the header `webhook-signature`.
    ///
    /// - Parameter timestamp: Seconds since 1970, as the header `webhook-timestamp` has them.
    package func signature(id: String, timestamp: Int, body: Data) -> String {
        let content = Data("\(id).\(timestamp).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: key))
        return "v1," + Data(code).base64EncodedString()
    }
}

/// What is printed by mistake gives nothing away.
extension WebhookSecret: CustomStringConvertible, CustomReflectable {
    package var description: String { "WebhookSecret" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
