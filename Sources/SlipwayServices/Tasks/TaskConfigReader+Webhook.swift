import SlipwayCore

/// Where a config wants the task's end told.
extension TaskConfigReader {
    func webhookURL(_ value: JSONTree?, _ fields: inout ConfigFields) -> String? {
        let path = "$.webhook_url"
        guard let text = fields.text(value, path, maximum: WebhookURL.maximumLength) else { return nil }
        do {
            return try WebhookURL(text, allowedBy: webhooks).text
        } catch {
            fields.fault(path, value, error.message)
            return nil
        }
    }
}
