/// Builds request addresses below the server's own.
package enum ServerAddress {
    /// `base` + `/segment/segment?name=value`; segments and values are percent-encoded (RFC 3986, section 2.3), nil
    /// values are left out.
    package static func url(base: String, path: [String], query: [(name: String, value: String?)] = []) -> String {
        let path = path.map { "/" + encoded($0) }.joined()
        let query = query.compactMap { item in item.value.map { "\(item.name)=\(encoded($0))" } }
        return base + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    static func encoded(_ text: String) -> String {
        // A segment that is nothing but dots would be taken for a step within the path.
        if text == "." || text == ".." { return text.replacing(".", with: "%2E") }
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return result
    }
}
