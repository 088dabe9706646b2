extension TensorElement where Self: DecimalReadable {
    /// Reads a number, rounded to the nearest value of the type, or a bare `NaN`, `Infinity`, `-Infinity`.
    ///
    /// - Throws: `invalid` for finite numbers beyond the type's range.
    @inline(__always)
    static func scan(_ scanner: inout JSONScanner) throws -> Self {
        let start = scanner.offset
        guard let number = try scanner.scanDecimal() else { return try scanSpecial(&scanner) }
        if let number, let value = number.rounded(to: Self.self) { return value }
        return try scanByGeneralAlgorithm(scanner.bytes[start..<scanner.offset])
    }

    private static func scanSpecial(_ scanner: inout JSONScanner) throws -> Self {
        if scanner.skipWord("NaN") { return .nan }
        if scanner.skipWord("Infinity") { return .infinity }
        if scanner.skipWord("-Infinity") { return -.infinity }
        throw scanner.unexpected("a number")
    }

    private static func scanByGeneralAlgorithm(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws -> Self {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let value = Self(text), value.isFinite else {
            throw OpenInferenceError(
                .invalid,
                "\(text.prefix(40)) is out of range: the largest number that fits is \(Self.greatestFiniteMagnitude)",
                offset: bytes.startIndex)
        }
        return value
    }
}

extension JSONScanner {
    /// Moves over a number.
    ///
    /// - Returns: Nil, without moving, where there is no digit; an inner nil where the number has more than 19
    ///   significant digits.
    @inline(__always)
    mutating func scanDecimal() throws -> DecimalNumber?? {
        let start = offset
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { offset += 1 }

        let integerStart = offset
        var significand: UInt64 = 0
        scanDigits(into: &significand)
        let integerDigits = offset - integerStart
        guard integerDigits > 0 else {
            offset = start
            return nil
        }
        let firstDigit = bytes[integerStart]
        if firstDigit == UInt8(ascii: "0"), integerDigits > 1 {
            throw OpenInferenceError(.malformed, "a number has a leading zero", offset: start)
        }

        var exponent = 0
        var fractionStart = offset
        if current == UInt8(ascii: ".") {
            offset += 1
            fractionStart = offset
            scanDigits(into: &significand)
            guard offset > fractionStart else { throw unexpected("a digit after the decimal point") }
            exponent = fractionStart - offset
        }
        let digits = integerDigits + offset - fractionStart
        let isShort = digits <= 19 || significantDigits(from: integerStart) <= 19
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            offset += 1
            exponent += try scanExponent()
        }
        guard isShort else { return .some(nil) }
        return DecimalNumber(isNegative: isNegative, significand: significand, exponent: exponent)
    }

    @inline(__always)
    private mutating func scanDigits(into significand: inout UInt64) {
        while offset < bytes.count {
            let digit = bytes[offset] &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            significand = significand &* 10 &+ UInt64(digit)
            offset += 1
        }
    }

    /// The digits from `start` to the position, leading zeros not counted.
    private func significantDigits(from start: Int) -> Int {
        var digits = 0
        for byte in bytes[start..<offset] where byte != UInt8(ascii: ".") {
            if digits > 0 || byte != UInt8(ascii: "0") { digits += 1 }
        }
        return digits
    }

    private mutating func scanExponent() throws -> Int {
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
}
