import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

/// A certificate authority, a person with a certificate of it, and proxies of that person, all made by openssl in a
/// folder of their own.
struct Credentials: Sendable {
    let folder: String

    /// A kind of key that takes no time to make.
    static let quick = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]

    /// Runs a test with such credentials; the person's certificate lasts 30 days.
    static func with(_ body: (Credentials) async throws -> Void) async throws {
        let credentials = Credentials(folder: NSTemporaryDirectory() + "grid-" + UUID().uuidString)
        try FileManager.default.createDirectory(atPath: credentials.folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: credentials.folder) }
        try await credentials.openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/ca.key",
            "-out", "/ca.pem", "-days", "60",
            "-subj", "/O=Grid/CN=Authority")
        try await credentials.sign("user", key: Self.quick, subject: "/O=Grid/CN=Ada", by: "ca", days: 30)
        try await body(credentials)
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Makes `NAME.pem` and `NAME.key`.
    func sign(_ name: String, key: [String], subject: String, by issuer: String, days: Int) async throws {
        let isProxy = issuer != "ca"
        try "keyUsage=critical,digitalSignature,keyEncipherment\n"
            .appending(isProxy ? "proxyCertInfo=critical,language:id-ppl-inheritAll\n" : "")
            .write(toFile: path("extensions"), atomically: true, encoding: .utf8)
        try await openssl(
            ["req", "-newkey"] + key + ["-nodes", "-keyout", "/\(name).key", "-out", "/\(name).csr", "-subj", subject])
        try await openssl(
            "x509", "-req", "-in", "/\(name).csr", "-CA", "/\(issuer).pem", "-CAkey", "/\(issuer).key", "-set_serial",
            "12345", "-days", "\(days)", "-extfile", "/extensions", "-out", "/\(name).pem")
    }

    /// Makes a proxy's file: its certificate, its key, the person's certificate.
    @discardableResult
    func proxy(_ name: String = "x509up", days: Int, key: [String] = quick) async throws -> String {
        try await sign("proxy", key: key, subject: "/O=Grid/CN=Ada/CN=12345", by: "user", days: days)
        return try write(name, parts: ["proxy.pem", "proxy.key", "user.pem"])
    }

    /// Puts files one after the other into a new one, which takes the place of an old one in one step.
    @discardableResult
    func write(_ name: String, parts: [String], mode: Int = 0o600) throws -> String {
        let text = try parts.map { try String(contentsOfFile: path($0), encoding: .utf8) }.joined()
        return try write(name, text: text, mode: mode)
    }

    @discardableResult
    func write(_ name: String, text: String, mode: Int = 0o600) throws -> String {
        let new = path(name + ".new")
        try text.write(toFile: new, atomically: false, encoding: .utf8)
        #expect(chmod(new, mode_t(mode)) == 0)
        #expect(rename(new, path(name)) == 0)
        return path(name)
    }

    private func openssl(_ arguments: String...) async throws { try await openssl(arguments) }

    /// Arguments that begin with `/` and no more are names in the folder.
    private func openssl(_ arguments: [String]) async throws {
        let words = arguments.map { $0.hasPrefix("/") && !$0.hasPrefix("/O=") ? folder + $0 : $0 }
        let result = try await Self.run(["/usr/bin/openssl"] + words)
        try #require(result.outcome.end == .exited(code: 0), "\(words) \(result.lines)")
    }

    /// Runs a program, by what renewals are run by.
    static func run(_ command: [String]) async throws -> (outcome: RenewalOutcome, lines: [String]) {
        try await RenewalCommand(
            .init(command: command, every: 60, timeout: 3600), grid: GridConfiguration(proxy: "/p", certificates: "/c"),
            path: "/usr/bin:/bin"
        ).run()
    }
}
