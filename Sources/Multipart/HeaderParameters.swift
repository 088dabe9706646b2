/// A header value of the form `value; name=token; name="quoted"`: RFC 2045, section 5.1.
struct HeaderParameters {
    /// A fault of the value, told without the header's name.
    struct Fault: Error {
        let message: String
    }

    /// What stands before the first semicolon, in lower case.
    private(set) var value: String
    /// The parameters by name in lower case, their values unquoted.
    private(set) var parameters: [String: String] = [:]

    private var rest: Substring.UTF8View

    init(_ text: String) throws(Fault) {
        let view = Substring(text).utf8
        let end = view.firstIndex(of: .semicolon) ?? view.endIndex
        value = Self.trimmed(view[..<end]).lowercased()
        rest = view[end...]
        while rest.first == .semicolon {
            rest.removeFirst()
            try readParameter()
            skipBlanks()
        }
        if !rest.isEmpty {
            throw Fault(message: "has \"\(Substring(rest))\" after a parameter, where only \";\" may follow")
        }
    }

    private mutating func readParameter() throws(Fault) {
        skipBlanks()
        // Some senders end the value with a semicolon, or write two.
        if rest.isEmpty || rest.first == .semicolon { return }
        let name = String(Substring(rest.prefix { $0.isTokenCharacter })).lowercased()
        rest = rest.drop { $0.isTokenCharacter }
        skipBlanks()
        guard !name.isEmpty, rest.first == .equals else {
            let place = Substring(rest.prefix(40))
            throw Fault(message: "has a parameter that is not written name=value, near \"\(place)\"")
        }
        rest.removeFirst()
        skipBlanks()
        let content = rest.first == .quote ? try readQuoted(name) : readToken()
        guard parameters.updateValue(content, forKey: name) == nil else {
            throw Fault(message: "has the parameter \"\(name)\" twice")
        }
    }

    private mutating func readToken() -> String {
        // Bytes above ASCII are taken too: senders write bare file names in UTF-8.
        let isPart: (UInt8) -> Bool = { $0.isTokenCharacter || $0 >= 0x80 }
        let token = String(Substring(rest.prefix(while: isPart)))
        rest = rest.drop(while: isPart)
        return token
    }

    /// Reads a quoted string; only `\"` and `\\` are escapes, since browsers send file names with bare backslashes.
    private mutating func readQuoted(_ name: String) throws(Fault) -> String {
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == .quote { return String(decoding: bytes, as: UTF8.self) }
            if byte == .backslash, let escaped = rest.first, escaped == .quote || escaped == .backslash {
                rest.removeFirst()
                bytes.append(escaped)
            } else {
                bytes.append(byte)
            }
        }
        throw Fault(message: "has no closing quote after \(name)=\"")
    }

    private mutating func skipBlanks() {
        rest = rest.drop { $0.isBlank }
    }

    private static func trimmed(_ view: Substring.UTF8View) -> String {
        var view = view.drop { $0.isBlank }
        while let last = view.last, last.isBlank { view.removeLast() }
        return String(Substring(view))
    }
}
