/// The lines around the files of a form (RFC 7578).
struct MultipartForm: Sendable {
    private static let boundary = "------------------------slipwaybench7f3a"

    var contentType: String { "multipart/form-data; boundary=\(Self.boundary)" }
    var end: String { "\r\n--\(Self.boundary)--\r\n" }

    func head(of file: String) -> String {
        """
        \r\n--\(Self.boundary)\r
        Content-Disposition: form-data; name="files"; filename="\(file)"\r
        Content-Type: application/octet-stream\r
        \r

        """
    }
}
