/// Why some bytes are no protocol buffers message.
struct ProtobufFault: Error, CustomStringConvertible {
    let description: String

    /// - Parameter position: The byte of the innermost message where the fault was met.
    init(_ fault: String, at position: Int) {
        description = "\(fault), at byte \(position) of its message"
    }
}
