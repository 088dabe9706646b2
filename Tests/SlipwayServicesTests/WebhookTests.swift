import AsyncHTTPClient
import Foundation
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Webhooks")
struct WebhookTests {
    @Test("A signature is the one that the Standard Webhooks libraries publish for their example")
    func publishedSignature() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Data(#"{"test": 2432232314}"#.utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("A secret that is made is read again, and is of 32 bytes")
    func ownSecret() throws {
        let secret = WebhookSecret.random()
        let again = try #require(WebhookSecret(secret.text))
        #expect(again.text == secret.text)
        #expect(Data(base64Encoded: String(secret.text.dropFirst("whsec_".count)))?.count == 32)
        #expect(WebhookSecret.random().text != secret.text)
        #expect("\(secret)" == "WebhookSecret")
        #expect(!String(reflecting: secret).contains(secret.text.dropFirst(6)))
    }

    @Test(
        "What is no secret is not taken for one",
        arguments: [
            "", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==", "whsec_?",
            "whsec_" + Data(count: 65).base64EncodedString(),
        ])
    func noSecret(text: String) {
        #expect(WebhookSecret(text) == nil)
    }

    @Test("The secret's file is made once, for its owner alone, and an operator's own is used as it is")
    func secretFile() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = WebhookSecretFile(path: folder + "/key")
        let made = try file.secret().text
        #expect(try file.secret().text == made)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["key"])

        let own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        try (own + "\n").write(toFile: file.path, atomically: true, encoding: .utf8)
        #expect(try file.secret().text == own)
        try "nonsense".write(toFile: file.path, atomically: true, encoding: .utf8)
        #expect(throws: SlipwayError.self) { try file.secret() }
    }

    @Test(
        "A pattern matches the hosts and ports that it says",
        arguments: [
            ("hooks.example.org", "hooks.example.org", 443, true),
            ("Hooks.Example.org", "hOOks.example.ORG", 443, true),
            ("hooks.example.org", "hooks.example.org", 8443, false),
            ("hooks.example.org:8443", "hooks.example.org", 8443, true),
            ("hooks.example.org:8443", "hooks.example.org", 443, false),
            ("hooks.example.org", "xhooks.example.org", 443, false),
            ("hooks.example.org", "a.hooks.example.org", 443, false),
            ("hooks.example.org", "hooks.example.org.evil.net", 443, false),
            ("hooks.example.org", "hooks.example.org.", 443, false),
            ("*.example.org", "a.example.org", 443, true),
            ("*.example.org", "a.b.example.org", 443, true),
            ("*.example.org", "example.org", 443, false),
            ("*.example.org", "evilexample.org", 443, false),
            ("*.example.org:9000", "a.example.org", 9000, true),
            ("127.0.0.1:9000", "127.0.0.1", 9000, true),
            ("127.0.0.1:9000", "127.0.0.1", 443, false),
            ("[::1]:9000", "[::1]", 9000, true),
            ("[::1]", "[::1]", 443, true),
            ("[::1]", "[::2]", 443, false),
        ])
    func patterns(pattern: String, host: String, port: Int, isAllowed: Bool) throws {
        let pattern = try #require(HostPattern(pattern))
        #expect(pattern.matches(host: host, port: port, standardPort: 443) == isAllowed)
    }

    @Test(
        "What is no pattern is not taken for one",
        arguments: [
            "", "*", "*.", "*.*", "a.*.org", "https://a.org", "a.org/x", "a.org:", "a.org:0", "a.org:99999", "a b",
            "a..org", ".org", "a.org.", "[]", "[::1", "*.[::1]", "user@a.org", "a\n.org", "ex%61mple.org", "wéin.org",
        ])
    func noPattern(text: String) {
        #expect(HostPattern(text) == nil)
    }

    static let rules = WebhookConfiguration(
        hosts: ["hooks.example.org", "*.inner.org:8443", "127.0.0.1:9000", "[::1]:9000"].compactMap(HostPattern.init),
        allowsPlainHTTP: false, secretFile: "")

    static let openRules = WebhookConfiguration(hosts: rules.hosts, allowsPlainHTTP: true, secretFile: "")

    @Test(
        "An address that the operator's rules allow is taken as it is written",
        arguments: [
            ("https://hooks.example.org", rules), ("HTTPS://HOOKS.example.org/a/b?c=d", rules),
            ("https://hooks.example.org:443/", rules), ("https://a.inner.org:8443/x", rules),
            ("https://127.0.0.1:9000/x", rules), ("https://[::1]:9000/x", rules),
            ("http://hooks.example.org/x", openRules), ("http://127.0.0.1:9000/x", openRules),
        ])
    func allowed(text: String, rules: WebhookConfiguration) throws {
        #expect(try WebhookURL(text, allowedBy: rules).text == text)
    }

    @Test(
        "Any other address is refused with what would be right",
        arguments: [
            ("http://hooks.example.org/", rules, "must begin with https://"),
            ("ftp://hooks.example.org/", openRules, "must begin with https:// or http://"),
            ("http://hooks.example.org:443/", openRules, "host “hooks.example.org:443”"),
            ("https://hooks.example.org:80/", openRules, "host “hooks.example.org:80”"),
            ("https://user@hooks.example.org/", rules, "user name or password"),
            ("https://user:pass@hooks.example.org/", rules, "user name or password"),
            ("https://hooks.example.org/#part", rules, "fragment"),
            ("https://evil.org/", rules, "host “evil.org”"),
            ("https://evil.org/?hooks.example.org", rules, "does not allow"),
            ("https://hooks.example.org.evil.org/", rules, "does not allow"),
            ("https://hooks.example.org:8443/", rules, "does not allow"),
            ("https://inner.org:8443/", rules, "does not allow"),
            ("https://a.inner.org/", rules, "does not allow"),
            ("https://127.0.0.1/", rules, "does not allow"),
            ("https://2130706433:9000/", rules, "does not allow"),
            ("https://0x7f.1:9000/", rules, "does not allow"),
            ("https://hooks.example.org@evil.org/", rules, "user name or password"),
            ("https://hooks%2Eexample.org/", rules, "must be a URL such as"),
            ("https://hooks.example.org\\@evil.org/", rules, "must be a URL such as"),
            ("https://hooks.example.org /", rules, "must be a URL such as"),
            ("https://", rules, "must be a URL such as"), ("https:///x", rules, "must be a URL such as"),
            ("hooks.example.org", rules, "must be a URL such as"), ("/x", rules, "must be a URL such as"),
            (
                "https://hooks.example.org/",
                WebhookConfiguration(hosts: [], allowsPlainHTTP: true, secretFile: ""), "allows no host"
            ),
        ])
    func refused(text: String, rules: WebhookConfiguration, words: String) {
        let error = #expect(throws: SlipwayError.self) { try WebhookURL(text, allowedBy: rules) }
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    }

    @Test(
        "Tries are spread over a day and then given up",
        arguments: [
            (1, 0.0, 1.0, 5.0), (2, 5, 1, 30), (3, 35, 1, 120), (4, 155, 1, 600), (5, 755, 1, 3600),
            (6, 4355, 1, 21_600), (7, 25_955, 1, 21_600), (8, 47_555, 1, 21_600), (9, 69_155, 1, nil),
            (1, 0, 0.8, 4), (2, 5, 1.2, 36), (6, 64_800, 1, 21_600), (6, 64_801, 1, nil), (1, 100_000, 1, nil),
            (0, 0, 1, 5),
        ] as [(Int, Double, Double, Double?)])
    func backOff(tries: Int, age: Double, jitter: Double, wait: Double?) {
        #expect(WebhookBackOff.wait(afterTry: tries, age: age, jitter: jitter) == wait)
    }

    @Test("A host that the operator has taken off the list meanwhile is not told, and not tried again")
    func hostTakenOff() async throws {
        let message = WebhookMessage(
            claim: .init(id: UUID(), tries: 1), age: 0, url: "https://evil.org/", task: TaskIDGenerator().next(),
            owner: "ada", experiment: "wine", state: .failed, reason: .timeout, message: nil, attempt: 1, jobID: 1,
            createdAt: Date(), finishedAt: Date(), model: nil)
        let outcome = try await WebhookSender(client: .shared, configuration: Self.rules).send(message)
        guard case .refused(let why) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(why.contains("names the host “evil.org”, which the operator does not allow"))
    }

    @Test(
        "A status is a receipt, the end of it, or a reason to try again",
        arguments: [
            (200, WebhookOutcome.delivered), (204, .delivered), (299, .delivered),
            (301, .failed("The receiver answered 301.")), (404, .failed("The receiver answered 404.")),
            (410, .refused("The receiver answered 410: it wants no more.")),
            (429, .failed("The receiver answered 429.")), (503, .failed("The receiver answered 503.")),
        ])
    func outcomes(status: Int, outcome: WebhookOutcome) {
        #expect(WebhookOutcome(status: status) == outcome)
    }

    @Test("A body tells the end in short, and the same message makes the same bytes")
    func body() throws {
        let id = try #require(TaskID("0vqf4dpgd2"))
        let message = WebhookMessage(
            claim: .init(id: UUID(), tries: 1), age: 0, url: "https://hooks.example.org", task: id, owner: "ada",
            experiment: "wine", state: .succeeded, reason: nil, message: "Published as wine version 3.", attempt: 2,
            jobID: 4711, createdAt: Date(timeIntervalSince1970: 0), finishedAt: Date(timeIntervalSince1970: 60.5),
            model: ModelReference(name: "wine", version: 3, sha256: "ab", bytes: 1))
        var again = message
        again.claim.tries = 5
        again.age = 99
        let json = String(decoding: try WebhookBody(message).json(), as: UTF8.self)
        #expect(
            json == """
                {"data":{"attempt":2,"created_at":"1970-01-01T00:00:00.000Z","experiment":"wine",\
                "finished_at":"1970-01-01T00:01:00.500Z","id":"0vqf4dpgd2","job_id":4711,\
                "message":"Published as wine version 3.","model":{"name":"wine","sha256":"ab","version":3},\
                "owner":"ada","state":"succeeded"},"timestamp":"1970-01-01T00:01:00.500Z","type":"task.succeeded"}
                """)
        #expect(try WebhookBody(again).json() == Data(json.utf8))
        let lost = WebhookMessage(
            claim: .init(id: UUID(), tries: 1), age: 0, url: "", task: id, owner: "ada", experiment: "wine",
            state: .failed, reason: .timeout, message: nil, attempt: 0, jobID: nil,
            createdAt: Date(timeIntervalSince1970: 0), finishedAt: Date(timeIntervalSince1970: 0), model: nil)
        let short = String(decoding: try WebhookBody(lost).json(), as: UTF8.self)
        #expect(short.contains(#""reason":"timeout""#))
        #expect(short.contains(#""type":"task.failed""#))
    }
}
