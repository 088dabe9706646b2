import Foundation

/// `Content-Disposition`: RFC 6266.
enum ContentDisposition {
    /// Tells a browser to store the answer under this name.
    static func attachment(_ name: String) -> String {
        let plain = String(
            name.unicodeScalars.map { scalar in
                (0x20..<0x7F).contains(scalar.value) && scalar != "\"" && scalar != "\\" ? Character(scalar) : "_"
            })
        guard plain != name else { return "attachment; filename=\"\(name)\"" }
        let encoded = name.addingPercentEncoding(withAllowedCharacters: attributeCharacters) ?? plain
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }

    /// The file name that an upload's header names; nil where there is none.
    static func filename(in header: String?) -> String? {
        guard let header, let start = header.range(of: "filename=", options: .caseInsensitive) else { return nil }
        let rest = header[start.upperBound...]
        if rest.hasPrefix("\"") {
            let name = rest.dropFirst().prefix { $0 != "\"" }
            return name.isEmpty ? nil : String(name)
        }
        let name = rest.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
        return name.isEmpty ? nil : name
    }

    /// RFC 8187's attr-char.
    private static let attributeCharacters = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~")
}
