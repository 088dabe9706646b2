/// By which credentials a cluster's jobs read remote files: the section `x509` of a cluster.
package struct GridConfiguration: Sendable, Hashable {
    /// Path of the site's proxy, on the cluster's shared file system.
    package var proxy: String
    /// Folder of the certificates of the authorities that storage is trusted by.
    package var certificates: String
    package var renewal: Renewal?

    /// The operator's command that makes the proxy anew.
    package struct Renewal: Sendable, Hashable {
        /// The program's path and its arguments; no shell reads them.
        package var command: [String]
        /// Seconds between two runs.
        package var every: Double
        /// Seconds that a run may take.
        package var timeout: Double

        package init(command: [String], every: Double, timeout: Double) {
            self.command = command
            self.every = every
            self.timeout = timeout
        }
    }

    /// Where grid software looks by itself.
    static let usualCertificates = "/etc/grid-security/certificates"

    package init(proxy: String, certificates: String, renewal: Renewal? = nil) {
        self.proxy = proxy
        self.certificates = certificates
        self.renewal = renewal
    }

    /// Reads the section; nil where there is none.
    init?(_ settings: Settings) {
        guard settings.hasSection else { return nil }
        let meaning = "must be an absolute path without : , and \\, which containers cannot be given"
        func path(_ key: String) -> String? {
            settings.parsed(key, meaning) { Self.isBindable($0) ? $0 : nil }
        }
        if settings.string("proxy") == nil {
            settings.fault("proxy", "is missing: the path of the site's proxy on the shared file system")
        }
        self.init(
            proxy: path("proxy") ?? "", certificates: path("certificates") ?? Self.usualCertificates,
            renewal: Renewal(settings.section("renew")))
        settings.finish()
    }

    /// Whether a batch script can bind a path into a container.
    private static func isBindable(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        return path.hasPrefix("/") && parts.allSatisfy { !["", ".", ".."].contains($0) }
            && !path.unicodeScalars.contains {
                ":,\\".unicodeScalars.contains($0) || $0.value < 0x20 || $0.value == 0x7f
            }
    }
}

extension GridConfiguration.Renewal {
    /// Reads the section; nil where there is none.
    fileprivate init?(_ settings: Settings) {
        guard settings.hasSection else { return nil }
        func seconds(_ key: String, in range: ClosedRange<Int>, _ meaning: String) -> Double? {
            settings.parsed(key, meaning) { Amounts.seconds($0).flatMap { range.contains($0) ? Double($0) : nil } }
        }
        let command = settings.strings("command")
        if command.first?.hasPrefix("/") != true {
            settings.fault(
                "command", "must be a list of the program's absolute path and its arguments, as in [/usr/bin/renew, -q]"
            )
        } else if command.contains(where: { $0.utf8.contains(0) }) {
            settings.fault("command", "must hold no NUL character")
        }
        self.init(
            command: command,
            every: seconds("every", in: 60...2_592_000, "must be a time from 60s to 30d, such as 6h") ?? 21_600,
            timeout: seconds("timeout", in: 1...3600, "must be a time from 1s to 1h, such as 60s") ?? 60)
        settings.finish()
    }
}
