/// Why a picture was not decoded.
package struct PictureError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// Neither PNG nor JPEG.
        case unknownFormat
        /// More bytes or pixels than the limits; found before anything was decoded.
        case tooLarge
        /// Corrupt, or cut off.
        case broken
        /// A kind of picture that is not offered, such as CMYK.
        case unsupported
    }

    package let code: Code
    /// What was wrong, and what would be right.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
