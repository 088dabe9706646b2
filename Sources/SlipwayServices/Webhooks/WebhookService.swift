package import SlipwayCore

/// What users see of webhooks.
package struct WebhookService: Sendable {
    let store: any WebhookStore

    /// How far the telling of a task's end has come; nil where there is nothing to tell, or nothing yet.
    package func status(of task: MLTask) async throws -> WebhookStatus? {
        guard task.specification.webhookURL != nil else { return nil }
        return try await store.newest(of: task.id)
    }
}
