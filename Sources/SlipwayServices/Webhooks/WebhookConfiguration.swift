/// What an operator says of webhooks in `slipway.yml`.
package struct WebhookConfiguration: Sendable, Hashable {
    /// The hosts that may be told of ends; none refuses every webhook.
    package var hosts: [HostPattern]
    /// Allowed hosts may be told over plain HTTP.
    package var allowsPlainHTTP: Bool
    /// Path of the file with the key that signs.
    package var secretFile: String

    package init(hosts: [HostPattern], allowsPlainHTTP: Bool, secretFile: String) {
        self.hosts = hosts
        self.allowsPlainHTTP = allowsPlainHTTP
        self.secretFile = secretFile
    }
}
