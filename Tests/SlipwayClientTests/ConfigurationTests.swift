import SlipwayAPI
import SlipwayClient
import Testing

@Suite("Configuration and addresses")
struct ConfigurationTests {
    @Test(
        "A slash at the end of the address changes nothing", arguments: ["http://h:1", "http://h:1/", "http://h:1//"])
    func slashes(url: String) throws {
        #expect(try ClientConfiguration(environment: ["SLIPWAY_URL": url, "SLIPWAY_TOKEN": "t"]).url == "http://h:1")
    }

    @Test(
        "What is missing or unusable is named in one sentence, without the token",
        arguments: [
            ([:], "SLIPWAY_URL is not set"), (["SLIPWAY_URL": "http://h"], "SLIPWAY_TOKEN is not set"),
            (["SLIPWAY_URL": "h:1", "SLIPWAY_TOKEN": "secret"], "“h:1”"),
            (["SLIPWAY_URL": "http://h ", "SLIPWAY_TOKEN": "secret"], "“http://h ”"),
            (["SLIPWAY_URL": "http://h", "SLIPWAY_TOKEN": "secret\n"], "SLIPWAY_TOKEN holds"),
        ] as [([String: String], String)])
    func refused(environment: [String: String], message: String) {
        let error = #expect(throws: ClientError.self) { try ClientConfiguration(environment: environment) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(message) == true)
        #expect(error?.message.contains("secret") == false)
        #expect(error?.message.contains("\n") == false)
    }

    @Test(
        "Names are encoded so that they stay one segment",
        arguments: [
            ("wine", "wine"), ("a/b", "a%2Fb"), ("..", "%2E%2E"), ("a b?c#d%", "a%20b%3Fc%23d%25"), ("ä", "%C3%A4"),
            ("\u{1}", "%01"),
        ])
    func segments(name: String, encoded: String) {
        let url = ServerAddress.url(base: "http://h/p", path: ["m", name], query: [("q", name), ("none", nil)])
        #expect(url == "http://h/p/m/\(encoded)?q=\(name == ".." ? "%2E%2E" : encoded)")
    }

    @Test(
        "Models are written as NAME or NAME:VERSION",
        arguments: [
            ("m", ModelSelector(name: "m", version: nil)), ("m:3", .init(name: "m", version: "3")),
            ("m:a:b", .init(name: "m", version: "a:b")), (":3", nil), ("m:", nil), ("", nil),
        ] as [(String, ModelSelector?)])
    func selectors(text: String, selector: ModelSelector?) {
        #expect(ModelSelector(text) == selector)
    }

    @Test("A version is found by number and by alias; otherwise what there is gets listed")
    func versions() throws {
        let list = ModelVersionListAnswer(
            name: "m", versions: [.sample(version: 2), .sample(version: 1)], aliases: ["default": 1, "best": 2])
        #expect(try ModelSelector(name: "m", version: nil).resolved(in: list).version == 1)
        #expect(try ModelSelector(name: "m", version: "best").resolved(in: list).version == 2)
        #expect(try ModelSelector(name: "m", version: "2").resolved(in: list).version == 2)
        let error = #expect(throws: ClientError.self) { try ModelSelector(name: "m", version: "9").resolved(in: list) }
        #expect(error?.message == "model m has no version “9”; it has 2, 1, best, default")
    }

    @Test("Exit codes tell who has to act")
    func exitCodes() {
        let codes: [(ClientError.Code, Int32)] = [
            (.usage, 64), (.configuration, 64), (.refused(status: 404), 3), (.failed(status: 500), 4),
            (.unreachable, 4), (.interrupted, 4), (.unexpectedAnswer, 4), (.file, 5),
        ]
        for (code, status) in codes { #expect(ExitStatus(ClientError(code, "")).rawValue == status) }
    }

    @Test("Waits double up to the longest, end after the last try, and start again after a success")
    func backoff() throws {
        var generator = SplitMix(state: 1)
        var backoff = Backoff(first: .seconds(1), longest: .seconds(5), tries: 4)
        for whole in [1, 2, 4, 5] {
            let next = backoff.failed(using: &generator)
            let wait = try #require(next)
            #expect((.seconds(whole) / 2)...Duration.seconds(whole) ~= wait)
        }
        let none = backoff.failed(using: &generator)
        #expect(none == nil)
        backoff.succeeded()
        let again = backoff.failed(using: &generator)
        #expect(try #require(again) <= .seconds(1))
    }

    /// Chance that is the same in every run (SplitMix64).
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
