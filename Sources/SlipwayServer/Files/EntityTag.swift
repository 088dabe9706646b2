/// `If-None-Match`: RFC 9110 section 13.1.2, with the weak comparison that it asks for.
enum EntityTag {
    static func matches(_ headers: [String], _ tag: String) -> Bool {
        headers.flatMap { $0.split(separator: ",") }.contains { candidate in
            let candidate = candidate.drop(while: \.isWhitespace)
            let plain = candidate.hasPrefix("W/") ? candidate.dropFirst(2) : candidate
            let end = plain.lastIndex { !$0.isWhitespace }.map { plain.index(after: $0) } ?? plain.startIndex
            return plain[..<end] == tag || plain[..<end] == "*"
        }
    }
}
