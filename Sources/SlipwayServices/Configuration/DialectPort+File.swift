extension DialectPort {
    /// Reads `dialects:`, whose keys are the dialects' names. A value is `HOST:PORT`, a port at the server's own host, or
    /// a mapping with that as `listen`, and `user`.
    ///
    /// - Parameters:
    ///   - main: Where the server itself listens.
    ///   - isPlainAllowed: Tokens may cross a network here: there is TLS, or the operator said so.
    static func read(
        _ settings: Settings, main: Configuration.ListenAddress, isPlainAllowed: Bool
    ) -> [DialectPort] {
        let ports = Dialect.allCases.compactMap { dialect -> DialectPort? in
            guard settings.isMapping(dialect.rawValue) else {
                let text = settings.string(dialect.rawValue)
                return text.flatMap { port(dialect, $0, main, settings, key: dialect.rawValue) }
            }
            let section = settings.section(dialect.rawValue)
            defer { section.finish() }
            let text = section.required("listen", "HOST:PORT, such as 127.0.0.1:8083")
            guard var port = port(dialect, text, main, section, key: "listen") else { return nil }
            port.user = section.string("user")
            port.allowsAnonymousBeyondLoopback = section.bool("allow_anonymous_beyond_loopback") ?? false
            if port.user != nil, !port.listen.isLoopback, !port.allowsAnonymousBeyondLoopback {
                section.fault(
                    "user",
                    """
                    would let everybody who reaches \(text) act as this user: listen on 127.0.0.1, or set \
                    `allow_anonymous_beyond_loopback: true`
                    """)
            }
            return port
        }
        settings.finish()
        for port in ports where !port.listen.isLoopback && !isPlainAllowed {
            settings.fault(
                port.dialect.rawValue,
                """
                would send tokens over the network in the clear: name certificate and key under `tls`, listen on \
                127.0.0.1, or set `allow_plain_http_beyond_loopback: true`
                """)
        }
        return ports
    }

    private static func port(
        _ dialect: Dialect, _ text: String, _ main: Configuration.ListenAddress, _ settings: Settings, key: String
    ) -> DialectPort? {
        if let number = UInt16(text) {
            return DialectPort(dialect: dialect, listen: .init(host: main.host, port: Int(number)))
        }
        let listen = Configuration.ListenAddress(text)
        guard listen.port != 0 || text.hasSuffix(":0"), !listen.host.isEmpty else {
            if !text.isEmpty { settings.fault(key, "must be HOST:PORT or a port, such as 127.0.0.1:8083") }
            return nil
        }
        return DialectPort(dialect: dialect, listen: listen)
    }
}
