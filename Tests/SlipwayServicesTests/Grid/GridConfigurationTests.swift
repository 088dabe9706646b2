import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("The section x509 of slipway.yml")
struct GridConfigurationTests {
    private static func text(_ section: String) -> String {
        """
        data_root: /srv/slipway
        clusters:
          atena02:
            partitions:
              cpu: {}
            x509: \(section)
        """
    }

    @Test("All of it is read, and little has to be said")
    func read() throws {
        let full = try ConfigurationTests.read(
            Self.text(
                """
                {proxy: /shared/x509up, certificates: /cvmfs/certificates, \
                renew: {command: [/usr/local/bin/renew-proxy, --hours, "96"], every: 90m, timeout: 2m}}
                """))
        #expect(
            full.clusters["atena02"]?.grid
                == GridConfiguration(
                    proxy: "/shared/x509up", certificates: "/cvmfs/certificates",
                    renewal: .init(
                        command: ["/usr/local/bin/renew-proxy", "--hours", "96"], every: 5400, timeout: 120)))
        let small = try ConfigurationTests.read(Self.text("{proxy: /shared/x509up, renew: {command: [/bin/renew]}}"))
        #expect(
            small.clusters["atena02"]?.grid
                == GridConfiguration(
                    proxy: "/shared/x509up", certificates: "/etc/grid-security/certificates",
                    renewal: .init(command: ["/bin/renew"], every: 21_600, timeout: 60)))
        #expect(try ConfigurationTests.read(ConfigurationTests.minimal).clusters["atena02"]?.grid == nil)
    }

    @Test(
        "A fault names its key",
        arguments: [
            ("{certificates: /c}", "proxy"), ("{proxy: x509up}", "proxy"), ("{proxy: /a:b}", "proxy"),
            ("{proxy: /a/../b}", "proxy"), ("{proxy: \"/a\\nb\"}", "proxy"),
            ("{proxy: /p, certificates: c}", "certificates"),
            ("{proxy: /p, proxies: /q}", "proxies"), ("{proxy: /p, renew: {every: 6h}}", "renew.command"),
            ("{proxy: /p, renew: {command: [renew]}}", "renew.command"),
            ("{proxy: /p, renew: {command: /bin/renew}}", "renew.command"),
            ("{proxy: /p, renew: {command: [/bin/renew], every: 59s}}", "renew.every"),
            ("{proxy: /p, renew: {command: [/bin/renew], every: often}}", "renew.every"),
            ("{proxy: /p, renew: {command: [/bin/renew], timeout: 2h}}", "renew.timeout"),
            ("{proxy: /p, renew: {command: [/bin/renew], shell: true}}", "renew.shell"),
            ("proxy", ""),
        ])
    func faults(section: String, key: String) {
        let places = ConfigurationTests.faults(Self.text(section)).map(\.path)
        let expected = "clusters.atena02.x509" + (key.isEmpty ? "" : "." + key)
        #expect(places.contains { $0.hasPrefix(expected) }, "\(places)")
    }
}
