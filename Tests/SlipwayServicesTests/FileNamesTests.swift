import Testing

@testable import SlipwayServices

@Suite("Names that become paths")
struct FileNamesTests {
    @Test(
        "A file name is reduced to a safe one",
        arguments: [
            ("train.py", "train.py"), ("../../etc/passwd.py", "passwd.py"), (#"C:\Users\ada\train.py"#, "train.py"),
            ("/abs/train.py", "train.py"), ("..hidden.py", "hidden.py"), ("-rf.py", "rf.py"), ("a\nb.py", "ab.py"),
            ("a\u{0}b.py", "ab.py"), ("données 🍷.csv", "données 🍷.csv"), ("$(id).py", "$(id).py"),
            ("a\u{202E}yp.exe", "ayp.exe"), (" spaces .py ", "spaces .py"),
        ])
    func safe(given: String, name: String) {
        #expect(FileNames.safe(given) == name)
    }

    @Test(
        "A name of which nothing is left is none", arguments: ["", ".", "..", "...", "/", "a/", "\u{0}", "---", "\n"])
    func nothingLeft(given: String) {
        #expect(FileNames.safe(given) == nil)
    }

    @Test("A long name is cut between characters")
    func long() throws {
        let name = try #require(FileNames.safe(String(repeating: "é", count: 300)))
        #expect(name.utf8.count == 200)
        #expect(name.allSatisfy { $0 == "é" })
    }

    @Test(
        "An experiment's name makes a model's name",
        arguments: [
            ("wine", "wine"), ("atena_test", "atena_test"), ("Z → µµ run 5", "Z_run_5"), ("a/b", "a_b"), ("..x", "x"),
            ("-x-", "x-"),
        ])
    func modelName(experiment: String, name: String) {
        #expect(FileNames.modelName(from: experiment) == name)
        #expect(FileNames.isModelName(name))
    }

    @Test("Nothing but what no name may hold makes none", arguments: ["🍷🍷", "...", "→", ""])
    func noModelName(experiment: String) {
        #expect(FileNames.modelName(from: experiment) == nil)
    }

    @Test(
        "What cannot be a model's name is refused",
        arguments: ["", "..", ".x", "-x", "a/b", "a b", "é", "a\u{0}", String(repeating: "a", count: 129)])
    func notAModelName(name: String) {
        #expect(!FileNames.isModelName(name))
    }
}
