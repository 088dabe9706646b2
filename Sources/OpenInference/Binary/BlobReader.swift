/// The bytes behind a request's JSON: one tensor's after another's, in the order of the inputs.
///
/// The bytes must outlive the reader, as with `JSONScanner`.
struct BlobReader {
    private var bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// How many bytes nobody has taken yet.
    var remaining: Int { bytes.count }

    /// The next bytes; nil, with nothing taken, where there are fewer.
    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count <= bytes.count else { return nil }
        defer { bytes = UnsafeRawBufferPointer(rebasing: bytes[count...]) }
        return UnsafeRawBufferPointer(rebasing: bytes[..<count])
    }

    /// - Throws: `invalid` where bytes are left that no input has announced.
    func expectEnd() throws {
        guard remaining == 0 else {
            throw OpenInferenceError(
                .invalid,
                "\(remaining) bytes of binary data are left over: the inputs' binary_data_size add up to less than "
                    + "what follows the JSON")
        }
    }
}
