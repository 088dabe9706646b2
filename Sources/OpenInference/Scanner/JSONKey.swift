/// A member's name where it stands in the text; compared to literals without making a `String`.
struct JSONKey {
    /// The bytes between the quotes, escapes and all.
    let raw: UnsafeBufferPointer<UInt8>
    /// The name, where it is written with escapes.
    let unescaped: String?

    var text: String { unescaped ?? String(decoding: raw, as: UTF8.self) }

    static func ~= (literal: StaticString, key: JSONKey) -> Bool {
        guard let unescaped = key.unescaped else {
            return key.raw.elementsEqual(
                UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
        }
        return unescaped == literal.description
    }
}
