/// The boundary that a request's Content-Type names: RFC 2046, section 5.1.1.
package struct MultipartBoundary: Sendable, Equatable {
    /// The boundary without its leading hyphens: 1 to 70 characters of `bchars`, not ending in a space.
    package let text: String

    /// Reads the boundary from the value of Content-Type.
    ///
    /// - Throws: `notMultipart`, `missingBoundary` or `invalidBoundary`.
    package init(contentType: String) throws(MultipartError) {
        let essence = contentType.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        guard essence == "multipart/form-data" else {
            throw MultipartError(
                code: .notMultipart,
                message: "The Content-Type is \"\(contentType)\"; this address takes multipart/form-data.")
        }
        let parameters: [String: String]
        do {
            parameters = try HeaderParameters(contentType).parameters
        } catch {
            throw MultipartError(
                code: .invalidBoundary, message: "The Content-Type \"\(contentType)\" \(error.message).")
        }
        guard let boundary = parameters["boundary"] else {
            throw MultipartError(
                code: .missingBoundary,
                message: "The Content-Type \"\(contentType)\" names no boundary. Let the client set this header "
                    + "itself: it alone knows the boundary that it writes into the body.")
        }
        try self.init(boundary)
    }

    /// Takes a boundary that is known already.
    ///
    /// - Throws: `invalidBoundary`.
    package init(_ text: String) throws(MultipartError) {
        let bytes = text.utf8
        guard (1...70).contains(bytes.count) else {
            throw MultipartError(
                code: .invalidBoundary,
                message: "The boundary \"\(text.prefix(80))\" is \(bytes.count) bytes long; 1 to 70 are allowed.")
        }
        guard bytes.allSatisfy(Self.isBoundaryCharacter), bytes.last != .space else {
            throw MultipartError(
                code: .invalidBoundary,
                message: "The boundary \"\(text)\" is not a valid one: letters, digits, '()+_,-./:=? and spaces "
                    + "are allowed, and no space at its end.")
        }
        self.text = text
    }

    private static func isBoundaryCharacter(_ byte: UInt8) -> Bool {
        if byte.isASCIILetterOrDigit { return true }
        switch byte {
        case .space, 0x27...0x29, 0x2B...0x2F, 0x3A, 0x3D, 0x3F, 0x5F: return true
        default: return false
        }
    }
}
