/// Whether the server can do its work, and what it looked at.
package struct ReadinessAnswer: Codable, Sendable {
    package var ready: Bool
    package var checks: [Check]

    package struct Check: Codable, Sendable {
        package var name: String
        package var healthy: Bool
        /// The server is not ready without it.
        package var required: Bool
        package var detail: String

        package init(name: String, healthy: Bool, required: Bool, detail: String) {
            self.name = name
            self.healthy = healthy
            self.required = required
            self.detail = detail
        }
    }

    package init(ready: Bool, checks: [Check]) {
        self.ready = ready
        self.checks = checks
    }
}
