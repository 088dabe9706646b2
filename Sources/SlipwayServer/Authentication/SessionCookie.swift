import HTTPTypes

/// The cookie that carries a browser's login.
enum SessionCookie {
    static let name = "slipway_session"

    static func token(in headers: HTTPFields) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, halves[0].trimmingPrefix(while: \.isWhitespace) == name else { continue }
                return String(halves[1])
            }
        }
        return nil
    }

    /// The value of Set-Cookie that starts a session.
    ///
    /// - Parameter isSecure: Browsers reach the server over TLS: the cookie never travels in the clear.
    static func setting(_ token: String, seconds: Int, isSecure: Bool) -> String {
        "\(name)=\(token); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    static var clearing: String { "\(name)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict" }
}
