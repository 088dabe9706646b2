import Foundation
import HTTPTypes
package import Hummingbird
package import SlipwayServices

extension Response {
    /// A stored file, or the part of it that the request's Range asks for.
    ///
    /// - Parameters:
    ///   - tag: What names the content for `ETag`, `If-None-Match` and `If-Range`; nil where content changes.
    ///   - isDownload: Browsers store it rather than show it.
    /// - Throws: `Problem` with status 416 for a range outside the file.
    package static func file(
        _ file: StoredFile, for request: Request, contentType: String, tag: String? = nil, isDownload: Bool
    ) throws -> Response {
        var headers: HTTPFields = [.contentType: contentType, .acceptRanges: "bytes"]
        if isDownload { headers[.contentDisposition] = ContentDisposition.attachment(file.name) }
        var range = request.headers[.range]
        if let tag {
            let tag = "\"\(tag)\""
            headers[.eTag] = tag
            headers[.cacheControl] = "private, no-cache"
            if EntityTag.matches(request.headers[values: .ifNoneMatch], tag) {
                return Response(status: .notModified, headers: headers)
            }
            if let condition = request.headers[.ifRange], condition != tag { range = nil }
        }
        switch ByteRange(range, of: file.bytes) {
        case .whole:
            return Response(status: .ok, headers: headers, body: body(file, 0..<file.bytes))
        case .part(let part):
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(file.bytes)"
            return Response(status: .partialContent, headers: headers, body: body(file, part))
        case .unsatisfiable:
            throw Problem(
                .rangeNotSatisfiable, "The range “\(range ?? "")” lies outside the file's \(file.bytes) bytes.",
                headers: [.contentRange: "bytes */\(file.bytes)"])
        }
    }

    private static func body(_ file: StoredFile, _ range: Range<Int64>) -> ResponseBody {
        ResponseBody(contentLength: Int(range.upperBound - range.lowerBound)) { writer in
            try await FileReading.copy(file, range: range, to: &writer)
            try await writer.finish(nil)
        }
    }
}
