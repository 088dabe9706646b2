/// Where the server is and who asks.
package struct ClientConfiguration: Sendable {
    /// The server's address without a slash at its end, as `http://127.0.0.1:8008` or `https://host/prefix`.
    package var url: String
    /// The API token or login token; nil asks without one.
    package var token: String?
    /// PEM file of certificates to trust instead of the system's.
    package var certificateAuthorities: String?

    package init(url: String, token: String?, certificateAuthorities: String? = nil) {
        self.url = url
        self.token = token
        self.certificateAuthorities = certificateAuthorities
    }

    /// Reads `SLIPWAY_URL`, `SLIPWAY_TOKEN` and `SLIPWAY_CA_FILE`.
    ///
    /// Throws `ClientError` with code `configuration` where one is missing or unusable.
    package init(environment: [String: String]) throws {
        let url = environment["SLIPWAY_URL", default: ""]
        guard !url.isEmpty else {
            throw ClientError(
                .configuration,
                "SLIPWAY_URL is not set: give it the server's address, as in export SLIPWAY_URL=http://127.0.0.1:8008")
        }
        guard url.hasPrefix("http://") || url.hasPrefix("https://"), !url.contains(where: \.isWhitespace),
            !url.contains("?"), !url.contains("#")
        else {
            throw ClientError(
                .configuration,
                "SLIPWAY_URL is “\(TerminalText.plain(url))”, but an address as http://127.0.0.1:8008 is needed")
        }
        let token = environment["SLIPWAY_TOKEN", default: ""]
        guard !token.isEmpty else {
            throw ClientError(
                .configuration,
                "SLIPWAY_TOKEN is not set: put an API token there (“slipway token create” on the server makes one)")
        }
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ClientError(
                .configuration,
                "SLIPWAY_TOKEN holds spaces, line ends or characters beyond ASCII; give it the token alone")
        }
        let authorities = environment["SLIPWAY_CA_FILE", default: ""]
        self.init(
            url: String(url.reversed().drop { $0 == "/" }.reversed()), token: token,
            certificateAuthorities: authorities.isEmpty ? nil : authorities)
    }
}
