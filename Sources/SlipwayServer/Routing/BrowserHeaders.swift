import HTTPTypes
import Hummingbird

/// What every answer tells browsers.
enum BrowserHeaders {
    /// - Parameter isSecure: Clients reach the server by TLS.
    static func fields(isSecure: Bool) -> HTTPFields {
        var fields: HTTPFields = [
            .xContentTypeOptions: "nosniff",
            .frameOptions: "DENY",
            .referrerPolicy: "same-origin",
            .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'; sandbox",
            .cacheControl: "no-store",
        ]
        if isSecure { fields[.strictTransportSecurity] = "max-age=31536000" }
        return fields
    }
}
