import Slurm
import Testing

@Suite("Shell quoting")
struct ShellQuotingTests {
    static let nasty = [
        "", " ", "a b", "'", "''", "a'b'c", "\"", "$(touch /tmp/pwned)", "`id`", "${HOME}", "$HOME", "!!", "\\", "\\'",
        "'\\''",
        "a\\nb", "#x", "-n", "--", "~", "*", "?", "[a]", "{a,b}", ";", "&", "|", "<", ">", "(", ")", "=", "%s", "%j",
        "é",
        "🍷👩‍🔬", "漢字", "e\u{301}", "'\u{301}", "\u{202e}rtl", "\u{feff}", "\u{a0}",
        "a'b\"c $(id) `x` | é 🍷 \\ %j #x packjob", "{{name}}", "}}",
    ]

    @Test("Any printable text comes through a real bash unchanged, as one word")
    func throughBash() throws {
        let script = try Self.nasty.map { "printf '%s\\n' " + (try ShellQuoting.quote($0)) }.joined(separator: "\n")
        let result = try Bash.run(script)
        #expect(result.status == 0)
        #expect(result.output == Self.nasty.map { $0 + "\n" }.joined())
    }

    @Test(
        "Control characters are refused and named",
        arguments: [
            ("a\nb", "U+000A"), ("a\0", "U+0000"), ("\r", "U+000D"), ("\t", "U+0009"), ("\u{1b}[31m", "U+001B"),
            ("\u{7f}", "U+007F"), ("\u{85}", "U+0085"), ("\u{9f}", "U+009F"), ("\u{2028}", "U+2028"),
            ("\r\n", "U+000D"),
        ])
    func control(text: String, code: String) {
        let error = #expect(throws: SlurmError.self) { try ShellQuoting.quote(text) }
        #expect(error?.code == .unsafeValue)
        #expect(error?.description.contains(code) == true)
    }
}
