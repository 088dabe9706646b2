import SlipwayCore
import Testing

@Suite("Names of folders and processes")
struct ProcessNameTests {
    @Test("A process's name is read as it is written", arguments: ["luca_1", "luca_1_12", "a_2147483647", "9.x-y_3"])
    func round(text: String) throws {
        #expect(try #require(ProcessName(text)).description == text)
    }

    @Test("The last number is the process's")
    func parts() throws {
        let name = try #require(ProcessName("luca_1_12"))
        #expect(name.folder == "luca_1")
        #expect(name.number == 12)
    }

    @Test(
        "What no submission answers names no process",
        arguments: [
            "", "luca", "_1", "luca_", "luca_0", "luca_01", "luca_+1", "luca_-1", "luca_1 ", "luca_2147483648",
            "../luca_1", ".luca_1", "lu ca_1", "luca\n_1", "luca_١", String(repeating: "a", count: 65) + "_1",
        ])
    func refused(text: String) {
        #expect(ProcessName(text) == nil)
    }

    @Test(
        "A folder's name is a plain file name, and with a number a model's",
        arguments: [
            ("luca", true), ("L", true), ("9", true), ("a.b-c_d", true), (String(repeating: "a", count: 64), true),
            (String(repeating: "a", count: 65), false), ("", false), (".", false), ("..", false), (".staging", false),
            ("-rf", false), ("_x", false), ("a/b", false), ("a b", false), ("é", false), ("a\0", false),
        ])
    func folders(name: String, isRight: Bool) {
        #expect(TrainingFolder.isName(name) == isRight)
    }
}
