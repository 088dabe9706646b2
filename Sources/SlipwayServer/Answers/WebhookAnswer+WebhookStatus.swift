package import SlipwayAPI
package import SlipwayCore

extension WebhookAnswer {
    package init(_ status: WebhookStatus) {
        self.init(
            url: status.url, deliveredAt: status.deliveredAt, tries: status.tries, lastError: status.lastError,
            nextTryAt: status.nextTryAt)
    }
}
