import HTTPTypes
package import Hummingbird

/// Refuses an upload by what its headers say, before any of it is read.
package enum UploadLimit {
    /// - Throws: `Problem` with status 413 that names the limit, or 400 for a length that is no number.
    package static func check(_ request: Request, maximumBytes: Int64) throws {
        guard let header = request.headers[.contentLength] else { return }
        guard let length = Int64(header) else {
            throw Problem(parameter: "Content-Length", value: header, "must be a number of bytes.")
        }
        guard length <= maximumBytes else { throw tooLarge("is \(length) bytes long", maximumBytes) }
    }

    package static func tooLarge(_ what: String, _ limit: Int64) -> Problem {
        Problem(.contentTooLarge, "The request \(what); at most \(limit) bytes are taken.")
    }
}
