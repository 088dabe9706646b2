import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Ports of dialects")
struct DialectPortTests {
    private static func ports(_ lines: String) throws -> [DialectPort] {
        try ConfigurationTests.read(ConfigurationTests.minimal + "\n" + lines).dialectPorts
    }

    @Test("A port alone is one at the server's own host, and a mapping may name a user")
    func read() throws {
        #expect(try Self.ports("") == [])
        let ports = try Self.ports("dialects: {mlbuffet: {listen: \"[::1]:8002\", user: buffet}, tfaas: 8083}")
        #expect(
            ports == [
                DialectPort(dialect: .tfaas, listen: .init(host: "127.0.0.1", port: 8083)),
                DialectPort(dialect: .mlbuffet, listen: .init(host: "::1", port: 8002), user: "buffet"),
            ])
        let hep = try Self.ports("dialects: {mlaas4hep: {listen: \"127.0.0.1:8080\", user: visitor}}")
        #expect(
            hep == [
                DialectPort(dialect: .mlaas4hep, listen: .init(host: "127.0.0.1", port: 8080), user: "visitor")
            ])
    }

    @Test("Beyond this machine, TLS is wanted as at the server's own port, and for nobody's requests a word more")
    func beyondLoopback() throws {
        let open = "{tfaas: {listen: \"0.0.0.0:8083\", user: tfaas, allow_anonymous_beyond_loopback: true}}"
        let plain = "allow_plain_http_beyond_loopback: true\n"
        let ports = try Self.ports(plain + "dialects: \(open)")
        #expect(ports.first?.allowsAnonymousBeyondLoopback == true)
        #expect(throws: Never.self) { try Self.ports(plain + "dialects: {tfaas: \"0.0.0.0:8083\"}") }
    }

    @Test(
        "A fault names its key",
        arguments: [
            ("{tfaas: nowhere}", "dialects.tfaas"), ("{tfaas: 99999}", "dialects.tfaas"), ("{tfass: 8083}", "tfass"),
            ("{tfaas: {user: x}}", "dialects.tfaas.listen"), ("{tfaas: {listen: x}}", "dialects.tfaas.listen"),
            ("{tfaas: {listen: 8083, users: x}}", "dialects.tfaas.users"), ("{tfaas: [1]}", "dialects.tfaas"),
            ("{tfaas: \"0.0.0.0:8083\"}", "dialects.tfaas"), ("8083", "dialects"),
            ("{mlbuffet: {listen: \"0.0.0.0:8002\", user: x}}", "dialects.mlbuffet.user"),
            ("{mlaas4hep: {listen: \"0.0.0.0:8080\", user: x}}", "dialects.mlaas4hep.user"),
        ])
    func faults(_ value: String, _ path: String) {
        let faults = ConfigurationTests.faults(ConfigurationTests.minimal + "\ndialects: \(value)\n")
        #expect(faults.contains { $0.path.contains(path) }, "\(faults)")
    }
}
