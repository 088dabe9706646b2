import Testing

@testable import SlipwayServices

@Suite("The text of one member of a JSON object")
struct JSONSliceTests {
    @Test(
        "A member's text is as it was written",
        arguments: [
            (#"{"p": {"a": 1.0, "b": [1e2, "}"]}, "q": 2}"#, #"{"a": 1.0, "b": [1e2, "}"]}"#),
            (#"{"q": {"p": 3}, "p": {}}"#, "{}"),
            (#"{"p":{"big":12345678901234567890,"s":"\"p\": 9"}}"#, #"{"big":12345678901234567890,"s":"\"p\": 9"}"#),
            (#"{"p": null }"#, "null"),
            (#"{"a": "p", "p": 7 , "b": 1}"#, "7"),
            (#"{"\u0070": true}"#, "true"),
            (#"{"p": 1, "p": 2}"#, "2"),
            ("{\n\t\"p\" :\r\n [ ] }", "[ ]"),
        ])
    func asWritten(text: String, value: String) {
        #expect(JSONSlice.member("p", of: text) == value)
    }

    @Test(
        "A member that is not at the top is not found",
        arguments: ["{}", #"{"q": {"p": 1}}"#, #"{"q": "p"}"#, #"{"q": ["p", 1]}"#])
    func absent(text: String) {
        #expect(JSONSlice.member("p", of: text) == nil)
    }
}
