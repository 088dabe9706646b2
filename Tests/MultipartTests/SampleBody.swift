import Testing

/// A right body and what is in it.
struct SampleBody: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var boundary = "B"
    let body: String
    /// Name, file name and content of each part.
    let parts: [(name: String, filename: String?, content: String)]

    static let disposition = "Content-Disposition: form-data; name="

    static let all: [SampleBody] = [
        SampleBody(testDescription: "no parts", body: "--B--\r\n", parts: []),
        SampleBody(testDescription: "no line end at the end", body: "--B--", parts: []),
        SampleBody(
            testDescription: "one field", body: "--B\r\n\(disposition)\"a\"\r\n\r\nvalue\r\n--B--\r\n",
            parts: [("a", nil, "value")]),
        SampleBody(
            testDescription: "preamble, epilogue, padding",
            body: "pre\r\namble --B\r\n--\r\n--B \t \r\n\(disposition)a\r\n\r\nx\r\n--B\t\r\n\(disposition)b\r\n\r\ny"
                + "\r\n--B-- \t\r\nepilogue\r\n--B\r\nnot a part",
            parts: [("a", nil, "x"), ("b", nil, "y")]),
        SampleBody(
            testDescription: "empty contents, with and without a line end of their own",
            body: "--B\r\n\(disposition)a\r\n\r\n\r\n--B\r\n\(disposition)b\r\n\r\n--B--",
            parts: [("a", nil, ""), ("b", nil, "")]),
        SampleBody(
            testDescription: "line ends at the edges of the content",
            body: "--B\r\n\(disposition)a\r\n\r\n\r\n\r\nx\r\n\r\n\r\n--B--", parts: [("a", nil, "\r\n\r\nx\r\n\r\n")]),
        SampleBody(
            testDescription: "near misses of the delimiter", boundary: "AaB03x",
            body: "--AaB03x\r\n\(disposition)\"a\"; filename=\"f\"\r\n\r\n"
                + "\r\n--AaB03\r\n--AaB03X\r\r\n--AaB0\r\n-\r\n--\r\n\r\n--A\n--AaB03x\r--AaB03x --AaB03x--"
                + "\r\n\r\n--AaB03\r\n--AaB03x--\r\n",
            parts: [
                (
                    "a", "f",
                    "\r\n--AaB03\r\n--AaB03X\r\r\n--AaB0\r\n-\r\n--\r\n\r\n--A\n--AaB03x\r--AaB03x --AaB03x--"
                        + "\r\n\r\n--AaB03"
                )
            ]),
        SampleBody(
            testDescription: "names as browsers and curl write them",
            boundary: "------------------------d74496d66958873e",
            body: [
                #"name="a%22b"; filename="x%22y 100%.py""#,
                #"name="a\"b"; filename="c:\\dir\file.txt""#,
                #"name="Größe 🍷"; filename="日本.csv""#,
                #"name=f; filename="ascii"; filename*=UTF-8'en'%e2%82%ac%20rates"#,
                #"name=f; filename="""#,
            ].map { "--------------------------d74496d66958873e\r\nContent-Disposition: form-data; \($0)\r\n\r\n1\r\n" }
                .joined() + "--------------------------d74496d66958873e--\r\n",
            parts: [
                ("a\"b", "x\"y 100%.py", "1"), ("a\"b", #"c:\dir\file.txt"#, "1"), ("Größe 🍷", "日本.csv", "1"),
                ("f", "€ rates", "1"), ("f", "", "1"),
            ]),
        SampleBody(
            testDescription: "headers in any case, folded, in any order",
            body: "--B\r\nContent-Type: text/csv\r\nX-Empty:\r\ncontent-disposition:form-data;\r\n\t name=a;\r\n"
                + " filename = \"b\" ;\r\nContent-Transfer-Encoding: Binary\r\n\r\nx\r\n--B--",
            parts: [("a", "b", "x")]),
    ]
}
