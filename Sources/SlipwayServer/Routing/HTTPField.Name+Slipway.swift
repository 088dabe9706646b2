package import HTTPTypes

extension HTTPField.Name {
    package static let forwarded = Self("Forwarded")!
    package static let frameOptions = Self("X-Frame-Options")!
    package static let idempotencyKey = Self("Idempotency-Key")!
    package static let inferenceHeaderContentLength = Self("Inference-Header-Content-Length")!
    package static let lastEventID = Self("Last-Event-ID")!
    package static let referrerPolicy = Self("Referrer-Policy")!
    package static let requestID = Self("X-Request-Id")!
    package static let secFetchSite = Self("Sec-Fetch-Site")!
    package static let xForwardedFor = Self("X-Forwarded-For")!
}
