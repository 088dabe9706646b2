internal import CInference

/// The message that a C function left, freed.
///
/// Runtimes append stacks and whole graphs to some of their messages: what is beyond the first thousand characters
/// helps nobody.
func takeText(_ text: UnsafeMutablePointer<CChar>?) -> String {
    guard let text else { return "unknown error" }
    defer { slipway_free_text(text) }
    return String(String(cString: text).prefix(1000))
}
