/// What a part says of itself before its content: RFC 7578, section 4.2.
package struct MultipartPartHead: Sendable, Equatable {
    /// The form field's name, decoded: never with control characters, empty where the sender left it so.
    package let name: String
    /// The file name as sent, decoded; nil for a plain form value, empty where a browser's file field was left empty.
    ///
    /// It may hold slashes and dots: whoever stores the part reduces it to a safe name.
    package let filename: String?
    /// The value of Content-Type, as sent.
    package let contentType: String?
    /// All header fields in the order sent.
    package let headers: [MultipartHeader]

    package init(name: String, filename: String?, contentType: String?, headers: [MultipartHeader]) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
        self.headers = headers
    }
}
