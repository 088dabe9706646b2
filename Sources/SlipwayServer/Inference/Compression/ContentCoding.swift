import CZlib
import HTTPTypes

/// A compression of message bodies (RFC 9110 section 8.4.1).
enum ContentCoding: String, CaseIterable {
    case gzip
    /// zlib's container (RFC 1950) around deflate.
    case deflate

    static let names = allCases.map(\.rawValue).joined(separator: ", ")

    /// What a request's `Content-Encoding` says; nil where the body is not compressed.
    ///
    /// - Throws: `Problem` with status 415 for codings that are not known, and for several at once.
    static func of(_ fields: HTTPFields) throws -> ContentCoding? {
        guard let header = fields[.contentEncoding] else { return nil }
        switch header.lowercased().trimmingSpace {
        case "", "identity": return nil
        case "gzip", "x-gzip": return .gzip
        case "deflate": return .deflate
        default:
            throw Problem(
                .unsupportedMediaType,
                "The Content-Encoding is “\(header.prefix(100))”; a body may be sent as it is, or as one of \(names).",
                headers: [.acceptEncoding: names])
        }
    }

    /// The coding that an answer is wanted in, by the request's `Accept-Encoding`; nil where none of ours is named
    /// (RFC 9110 section 12.5.3).
    static func wanted(by fields: HTTPFields) -> ContentCoding? {
        guard let header = fields[.acceptEncoding] else { return nil }
        var best: (coding: ContentCoding, weight: Double)?
        for entry in header.lowercased().split(separator: ",") {
            let parts = entry.split(separator: ";").map(\.trimmingSpace)
            guard let name = parts.first, let coding = ContentCoding(rawValue: name == "x-gzip" ? "gzip" : name) else {
                continue
            }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > (best?.weight ?? 0) { best = (coding, weight) }
        }
        return best?.coding
    }

    /// zlib's number for the container, with its largest window.
    var windowBits: Int32 {
        switch self {
        case .gzip: MAX_WBITS + 16
        case .deflate: MAX_WBITS
        }
    }
}

extension StringProtocol {
    /// Without the spaces and tabs around it.
    fileprivate var trimmingSpace: String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
