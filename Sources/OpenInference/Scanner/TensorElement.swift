/// An element type that can be read from JSON.
protocol TensorElement {
    /// Reads one element at the position, where space has been skipped.
    static func scan(_ scanner: inout JSONScanner) throws -> Self
}

extension Bool: TensorElement {
    /// Reads `true`, `false`, or 1 or 0 as some writers send them.
    static func scan(_ scanner: inout JSONScanner) throws -> Bool {
        let start = scanner.offset
        if scanner.skipWord("true") { return true }
        if scanner.skipWord("false") { return false }
        guard let value = try? UInt8.scan(&scanner), value < 2 else {
            scanner.offset = start
            throw scanner.unexpected("true or false")
        }
        return value == 1
    }
}

extension [UInt8]: TensorElement {
    /// Reads a string as its UTF-8.
    static func scan(_ scanner: inout JSONScanner) throws -> [UInt8] {
        Array(try scanner.scanString().utf8)
    }
}
