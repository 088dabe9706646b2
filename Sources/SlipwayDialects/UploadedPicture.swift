import Hummingbird
import Multipart
import NIOCore
import SlipwayServer
import SlipwayServices

/// A form with one file that is kept in memory, and values beside it.
struct UploadedPicture {
    /// The file's name as it was sent; empty where there was none.
    var filename = ""
    /// The file's own word for what it is.
    var contentType: String?
    /// Nil where the form has no such file.
    var content: ByteBuffer?
    var fields: [String: String] = [:]

    /// - Parameters:
    ///   - names: Of the part that is the file; the first that comes counts.
    ///   - limits: `maximumJSONBytes` is what the file may have too.
    static func read(_ call: Call, named names: [String], limits: Configuration.Limits) async throws -> UploadedPicture
    {
        var limits = limits
        limits.maximumPartBytes = Int64(limits.maximumJSONBytes)
        limits.maximumRequestBytes = Int64(limits.maximumJSONBytes) + Int64(limits.maximumConfigBytes)
        var picture = UploadedPicture()
        var (name, value) = ("", ByteBuffer())
        for try await event in try FormReading.parts(of: call, limits: limits) {
            switch event {
            case .partBegan(let head):
                (name, value) = (head.name, ByteBuffer())
                if names.contains(name), picture.content == nil {
                    picture.filename = head.filename ?? ""
                    picture.contentType = head.contentType
                }
            case .body(var bytes): value.writeBuffer(&bytes)
            case .partEnded where names.contains(name) && picture.content == nil: picture.content = value
            case .partEnded: picture.fields[name] = String(buffer: value)
            case .finished: break
            }
        }
        return picture
    }
}
