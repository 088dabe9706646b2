import HTTPTypes
import Multipart
import NIOCore
import SlipwayServer
import SlipwayServices

/// A form whose one file is called `file`, as curl's `-F file=@NAME` makes it.
enum FileForm {
    /// The old server's words, with the space that it has behind them.
    static let noFile = Problem(.badRequest, "No file was provided ")

    /// - Throws: `Problem` with status 400 where the request holds no form at all.
    static func check(_ call: Call) throws {
        guard FormReading.isMultipart(call.request) else { throw noFile }
    }

    /// Hands the file over as it comes.
    ///
    /// - Throws: `Problem` with status 400 for a form without the file, with several, or with one of another name.
    static func receive(
        _ call: Call, limits: Configuration.Limits, begin: (String) async throws -> Void,
        write: (ByteBuffer) async throws -> Void, end: () async throws -> Void
    ) async throws {
        var (isFile, hasFile) = (false, false)
        for try await event in try FormReading.parts(of: call, limits: limits) {
            switch event {
            case .partBegan(let head):
                isFile = false
                guard let filename = head.filename else { continue }
                guard head.name == "file", !hasFile else {
                    throw Problem(
                        .badRequest,
                        "The form has \(hasFile ? "another" : "a") file “\(head.name.prefix(100))”: one is wanted, named "
                            + "“file”, as in curl -F file=@NAME.")
                }
                (isFile, hasFile) = (true, true)
                try await begin(filename)
            case .body(let bytes): if isFile { try await write(bytes) }
            case .partEnded: if isFile { try await end() }
            case .finished: break
            }
        }
        guard hasFile else { throw noFile }
    }
}
