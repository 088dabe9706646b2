import NIOCore

/// A `multipart/form-data` body (RFC 7578) whose files are read from disk as they are sent.
package struct MultipartBody: Sendable {
    enum Segment: Sendable {
        case bytes(ByteBuffer)
        case file(UploadFile)
    }

    package let boundary: String
    let segments: [Segment]
    /// The whole body's length in bytes.
    package let length: Int64

    /// Every file becomes a part of the same name, in the order given.
    package init(files: [UploadFile], partName: String, boundary: String = Self.randomBoundary()) {
        var segments: [Segment] = []
        for file in files {
            let type = file.name.hasSuffix(".json") ? "application/json" : "application/octet-stream"
            let disposition = "form-data; name=\"\(Self.quoted(partName))\"; filename=\"\(Self.quoted(file.name))\""
            segments.append(
                .bytes(
                    ByteBuffer(
                        string: (segments.isEmpty ? "" : "\r\n") + "--\(boundary)\r\n"
                            + "Content-Disposition: \(disposition)\r\nContent-Type: \(type)\r\n\r\n")))
            segments.append(.file(file))
        }
        segments.append(.bytes(ByteBuffer(string: (segments.isEmpty ? "" : "\r\n") + "--\(boundary)--\r\n")))
        self.boundary = boundary
        self.segments = segments
        length = segments.reduce(0) { $0 + $1.length }
    }

    package var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    package static func randomBoundary() -> String {
        "slipway-" + RandomName.text(length: 32)
    }

    /// As browsers write names: UTF-8 as it is, and what would end the quoted string percent-encoded (RFC 7578,
    /// section 2; WHATWG HTML, section 4.10.21.8).
    private static func quoted(_ name: String) -> String {
        // By bytes, for to `Character` a CR and LF together are neither the one nor the other.
        let bytes = name.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""): Array("%22".utf8)
            case UInt8(ascii: "\r"): Array("%0D".utf8)
            case UInt8(ascii: "\n"): Array("%0A".utf8)
            default: [byte]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension MultipartBody.Segment {
    var length: Int64 {
        switch self {
        case .bytes(let buffer): Int64(buffer.readableBytes)
        case .file(let file): file.size
        }
    }
}
