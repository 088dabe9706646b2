import HTTPTypes
import SlipwayCore
import SlipwayServices

extension RowsScanner {
    /// Reads one value at the position into a table.
    ///
    /// - Returns: false, without moving, where an array or object stands.
    @inline(__always)
    mutating func value(into builder: inout PredictionTable.Builder) throws -> Bool {
        switch current {
        case let byte? where byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-"): try number(into: &builder)
        case UInt8(ascii: "["), UInt8(ascii: "{"): return false
        case UInt8(ascii: "\""): try builder.append(.string(string()))
        default: try word(into: &builder)
        }
        return true
    }

    private mutating func word(into builder: inout PredictionTable.Builder) throws {
        if skipWord("true") {
            try builder.append(.bool(true))
        } else if skipWord("false") {
            try builder.append(.bool(false))
        } else if skipWord("null") || skipWord("NaN") {
            // What Python writes for a missing number, in one library or another.
            try builder.append(Double.nan)
        } else if skipWord("Infinity") {
            try builder.append(Double.infinity)
        } else {
            throw unexpected("a value")
        }
    }

    @inline(__always)
    private mutating func number(into builder: inout PredictionTable.Builder) throws {
        let start = offset
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let firstDigit = offset
        var significand: UInt64 = 0
        digits(into: &significand)
        let wholeDigits = offset - firstDigit
        guard wholeDigits > 0 else {
            if isNegative, skipWord("Infinity") { return try builder.append(-Double.infinity) }
            throw unexpected("a number")
        }
        if wholeDigits > 1, bytes[firstDigit] == UInt8(ascii: "0") {
            offset = firstDigit
            throw unexpected("a number without leading zeros")
        }
        var exponent = 0
        var isWhole = true
        if current == UInt8(ascii: ".") {
            isWhole = false
            offset += 1
            let fraction = offset
            digits(into: &significand)
            guard offset > fraction else { throw unexpected("a digit after the decimal point") }
            exponent = fraction - offset
        }
        let digitCount = wholeDigits - exponent
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            offset += 1
            exponent += try exponentDigits()
        }
        if digitCount <= 19,
            let value = DecimalText.exactDouble(isNegative: isNegative, significand: significand, exponent: exponent)
        {
            return try builder.append(value)
        }
        try longNumber(String(decoding: bytes[start..<offset], as: UTF8.self), isWhole: isWhole, into: &builder)
    }

    @inline(__always)
    private mutating func digits(into significand: inout UInt64) {
        while offset < bytes.count {
            let digit = bytes[offset] &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            // Wraps for numbers of more than 19 digits, which are read in another way.
            significand = significand &* 10 &+ UInt64(digit)
            offset += 1
        }
    }

    private mutating func exponentDigits() throws -> Int {
        let isNegative = current == UInt8(ascii: "-")
        if isNegative || current == UInt8(ascii: "+") { offset += 1 }
        let start = offset
        var exponent = 0
        while let byte = current, byte &- UInt8(ascii: "0") < 10 {
            // Far outside every type's range already; more digits change nothing.
            if exponent < 100_000 { exponent = exponent * 10 + Int(byte &- UInt8(ascii: "0")) }
            offset += 1
        }
        guard offset > start else { throw unexpected("a digit in the exponent") }
        return isNegative ? -exponent : exponent
    }

    /// A number that takes more than one exact operation.
    private func longNumber(
        _ text: String, isWhole: Bool, into builder: inout PredictionTable.Builder
    ) throws {
        if isWhole, let integer = Int64(text) { return try builder.append(.integer(integer)) }
        if isWhole, let integer = UInt64(text) { return try builder.append(.unsigned(integer)) }
        guard let value = Double(text), value.isFinite else {
            throw Problem(
                .badRequest, "The body has the number \(text.prefix(40)), which is beyond every type's range.")
        }
        try builder.append(value)
    }
}
