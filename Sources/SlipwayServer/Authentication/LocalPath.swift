/// A path on this server, as the login page may send a browser to: never another host.
struct LocalPath: Hashable {
    let text: String

    /// - Returns: nil for anything but an absolute path with an optional query.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 2048 else { return nil }
        // `//host` and `/\host` are other hosts to browsers.
        if bytes.count > 1, bytes[1] == UInt8(ascii: "/") { return nil }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        self.text = text
    }
}
