extension TensorElement where Self: FixedWidthInteger {
    /// Reads a whole number that fits the type.
    @inline(__always)
    static func scan(_ scanner: inout JSONScanner) throws -> Self {
        let start = scanner.offset
        let isNegative = scanner.current == UInt8(ascii: "-")
        if isNegative { scanner.offset += 1 }
        let firstDigit = scanner.offset
        var magnitude: UInt64 = 0
        var overflowed = false
        while let byte = scanner.current, byte &- UInt8(ascii: "0") < 10 {
            let (shifted, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, tooLargeSum) = shifted.addingReportingOverflow(UInt64(byte &- UInt8(ascii: "0")))
            magnitude = sum
            overflowed = overflowed || tooLarge || tooLargeSum
            scanner.offset += 1
        }
        let digits = scanner.offset - firstDigit
        guard digits > 0 else { throw scanner.unexpected("a whole number") }
        guard digits == 1 || scanner.bytes[firstDigit] != UInt8(ascii: "0") else {
            throw OpenInferenceError(.malformed, "a number has a leading zero", offset: start)
        }
        if let byte = scanner.current, byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
            throw OpenInferenceError(.invalid, "expected a whole number, found one with a fraction", offset: start)
        }
        let value = isNegative && magnitude <= 1 << 63 ? Self(exactly: Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
        guard !overflowed, let value = isNegative ? value : Self(exactly: magnitude) else {
            let text = String(decoding: scanner.bytes[start..<scanner.offset], as: UTF8.self)
            throw OpenInferenceError(
                .invalid, "\(text.prefix(40)) is out of range: \(Self.min) to \(Self.max) fit", offset: start)
        }
        return value
    }
}

extension UInt8: TensorElement {}
extension UInt16: TensorElement {}
extension UInt32: TensorElement {}
extension UInt64: TensorElement {}
extension Int8: TensorElement {}
extension Int16: TensorElement {}
extension Int32: TensorElement {}
extension Int64: TensorElement {}
extension Int: TensorElement {}
