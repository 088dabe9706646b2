/// Names that nobody else has.
package enum RandomName {
    /// Letters and digits; 20 of them hold 119 bits of chance.
    package static func text(length: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var generator = SystemRandomNumberGenerator()
        return String((0..<length).map { _ in letters.randomElement(using: &generator) ?? "x" })
    }
}
