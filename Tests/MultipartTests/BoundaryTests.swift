import Multipart
import Testing

@Suite("Boundaries")
struct BoundaryTests {
    @Test(
        "The boundary is read from the Content-Type",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"),
            ("Multipart/Form-Data;BOUNDARY=\"a b:c\"", "a b:c"),
            (
                "multipart/form-data; charset=utf-8; boundary=----WebKit7MA4YWxk ; x=\"a;boundary=z\"",
                "----WebKit7MA4YWxk"
            ),
            ("multipart/form-data; boundary=\"===============123==\"", "===============123=="),
        ])
    func read(_ contentType: String, _ boundary: String) throws {
        #expect(try MultipartBoundary(contentType: contentType).text == boundary)
    }

    @Test(
        "A Content-Type without a right boundary is refused",
        arguments: [
            ("", MultipartError.Code.notMultipart),
            ("application/json", .notMultipart),
            ("multipart/mixed; boundary=a", .notMultipart),
            ("multipart/form-datax; boundary=a", .notMultipart),
            ("multipart/form-data", .missingBoundary),
            ("multipart/form-data; charset=utf-8", .missingBoundary),
            ("multipart/form-data; boundary=", .invalidBoundary),
            ("multipart/form-data; boundary=\"\"", .invalidBoundary),
            ("multipart/form-data; boundary=\"a", .invalidBoundary),
            ("multipart/form-data; boundary=\"a \"", .invalidBoundary),
            ("multipart/form-data; boundary=a b", .invalidBoundary),
            ("multipart/form-data; boundary=\"a\rb\"", .invalidBoundary),
            ("multipart/form-data; boundary=\"gr\u{FC}n\"", .invalidBoundary),
            ("multipart/form-data; boundary=a; boundary=b", .invalidBoundary),
            ("multipart/form-data; boundary", .invalidBoundary),
            ("multipart/form-data; boundary=" + String(repeating: "a", count: 71), .invalidBoundary),
        ])
    func refused(_ contentType: String, _ code: MultipartError.Code) throws {
        let error = #expect(throws: MultipartError.self) { try MultipartBoundary(contentType: contentType) }
        #expect(error?.code == code)
    }

    @Test("A boundary of 70 characters is allowed")
    func longest() throws {
        let text = String(repeating: "a", count: 70)
        #expect(try MultipartBoundary(contentType: "multipart/form-data; boundary=\(text)").text == text)
    }
}
