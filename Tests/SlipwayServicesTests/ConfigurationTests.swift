import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Reading slipway.yml")
struct ConfigurationTests {
    static let minimal = """
        data_root: /srv/slipway
        clusters:
          atena02:
            partitions:
              cpu: {}
        """

    static func read(_ text: String, environment: [String: String] = [:]) throws -> Configuration {
        let path = NSTemporaryDirectory() + "slipway-\(UUID().uuidString).yml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try Configuration.read(file: path, environment: environment)
    }

    static func faults(_ text: String) -> [FieldFault] {
        do {
            _ = try read(text)
            return []
        } catch {
            return (error as? SlipwayError)?.faults ?? []
        }
    }

    @Test("Little has to be said")
    func defaults() throws {
        let configuration = try Self.read(Self.minimal)
        #expect(configuration.listen == Configuration.ListenAddress(host: "127.0.0.1", port: 8008))
        #expect(configuration.databaseURL == nil)
        let cluster = try #require(configuration.clusters["atena02"])
        #expect(cluster.imagesFolder == "/srv/slipway/images")
        #expect(cluster.partitions["cpu"]?.partition == "cpu")
        #expect(cluster.partitions["cpu"]?.maximumGPUs == 0)
    }

    @Test("The environment comes first")
    func environment() throws {
        let configuration = try Self.read(
            Self.minimal, environment: ["DATABASE_URL": "postgres://x", "SLIPWAY_LISTEN": "[::1]:9000"])
        #expect(configuration.databaseURL == "postgres://x")
        #expect(configuration.listen == Configuration.ListenAddress(host: "::1", port: 9000))
    }

    @Test(
        "A fault names its key and its line",
        arguments: [
            ("listen: nowhere\n", "listen"), ("colour: red\n", "colour (line 1)"), ("listen: 0.0.0.0:8008\n", "listen"),
            ("database_connections: many\n", "database_connections (line 1)"),
            ("limits: {request: lots}\n", "limits.request (line 1)"), ("tls: {certificate: x}\n", "tls.key"),
            ("webhooks: {hosts: [\"https://a.org\"]}\n", "webhooks.hosts"),
            ("webhooks: {hosts: a.org}\n", "webhooks.hosts"), ("webhooks: {host: [a.org]}\n", "webhooks.host"),
            ("webhooks: {allow_plain_http: perhaps}\n", "webhooks.allow_plain_http"),
        ])
    func faults(line: String, path: String) {
        let faults = Self.faults(line + Self.minimal)
        #expect(faults.contains { $0.path.hasPrefix(path) }, "\(faults)")
    }

    @Test("Webhooks go nowhere unless hosts are named")
    func webhooks() throws {
        let none = try Self.read(Self.minimal).webhooks
        #expect(none.hosts.isEmpty)
        #expect(!none.allowsPlainHTTP)
        #expect(none.secretFile == "/srv/slipway/webhook.key")
        let section = "webhooks: {hosts: [a.org, \"*.b.org:9000\"], allow_plain_http: true, secret_file: /etc/key}\n"
        let named = try Self.read(section + Self.minimal).webhooks
        #expect(named.hosts.map(\.description) == ["a.org", "*.b.org:9000"])
        #expect(named.allowsPlainHTTP)
        #expect(named.secretFile == "/etc/key")
    }

    @Test("Without TLS the server does not listen to a network unless told so in so many words")
    func plainHTTP() throws {
        #expect(!Self.faults("listen: 0.0.0.0:8008\n" + Self.minimal).isEmpty)
        let told = "listen: 0.0.0.0:8008\nallow_plain_http_beyond_loopback: true\n" + Self.minimal
        #expect(try Self.read(told).listen.host == "0.0.0.0")
    }

    @Test(
        "A cluster that is not complete is a fault",
        arguments: [
            ("data_root: /x\n", "clusters"), ("data_root: /x\nclusters: {a: {}}\n", "clusters.a.partitions"),
            (
                "data_root: /x\nclusters: {a: {partitions: {cpu: {max_time: soon}}}}\n",
                "clusters.a.partitions.cpu.max_time"
            ),
            ("data_root: x\nclusters: {a: {partitions: {cpu: {}}}}\n", "data_root"),
        ])
    func incomplete(text: String, path: String) {
        #expect(Self.faults(text).contains { $0.path.hasPrefix(path) }, "\(Self.faults(text))")
    }

    @Test(
        "The generic resource counts the devices that were asked for",
        arguments: [
            ("gpu:1", nil, "gpu:1"), ("gpu:1", 2, "gpu:2"), ("gpu:a100:1", 4, "gpu:a100:4"), ("gpu", 2, "gpu:2"),
        ] as [(String, Int?, String)])
    func gres(base: String, devices: Int?, asked: String) {
        #expect(TaskConfigReaderTests.partition("gpu", gres: base).gres(devices: devices) == asked)
    }
}
