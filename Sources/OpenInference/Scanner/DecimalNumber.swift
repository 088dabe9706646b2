/// A decimal number of at most 19 significant digits: `±significand × 10^exponent`.
///
/// Conversion to binary is exact. Where the significand and the power of ten are both representable, one division or
/// multiplication rounds once (Clinger, "How to read floating point numbers accurately", 1990). Otherwise the power
/// of five fits 64 bits for exponents within ±27, so that a 128-bit product or quotient with its remainder decides the
/// rounding. Anything else is left to the standard library.
struct DecimalNumber {
    let isNegative: Bool
    let significand: UInt64
    let exponent: Int

    /// The nearest value of the type, ties to even; nil where the general algorithm is needed.
    @inline(__always)
    func rounded<Value: DecimalReadable>(to type: Value.Type) -> Value? {
        if significand == 0 { return isNegative ? -Value.zero : Value.zero }
        if significand <= Value.largestExactSignificand, -Value.exactPowers.count < exponent,
            exponent < Value.exactPowers.count
        {
            let value = Value(significand)
            let magnitude =
                exponent < 0 ? value / Value.exactPowers[-exponent] : value * Value.exactPowers[exponent]
            guard magnitude.isFinite else { return nil }
            return isNegative ? -magnitude : magnitude
        }
        guard (-27...27).contains(exponent) else { return nil }
        return roundedByWideArithmetic(to: type)
    }

    @inline(__always)
    private func roundedByWideArithmetic<Value: DecimalReadable>(to type: Value.Type) -> Value? {
        // value = leading × 2^scale, exactly or with `isInexact` standing for what is below the last bit.
        var leading: UInt64
        var scale: Int
        var isInexact: Bool
        let shift = significand.leadingZeroBitCount
        let normalized = significand << UInt64(shift)
        if exponent < 0 {
            let power = Self.powersOfFive[-exponent]
            let powerShift = power.leadingZeroBitCount
            // Halving the dividend keeps the quotient within 64 bits; it then has 63 or 64 of them.
            let (quotient, remainder) = (power << UInt64(powerShift))
                .dividingFullWidth((normalized >> 1, normalized << 63))
            leading = quotient
            scale = powerShift - shift - 63 + exponent
            isInexact = remainder != 0
        } else {
            let (high, low) = normalized.multipliedFullWidth(by: Self.powersOfFive[exponent])
            let highShift = high.leadingZeroBitCount
            if high == 0 {
                leading = low
                scale = exponent - shift
                isInexact = false
            } else {
                leading = highShift == 0 ? high : high << UInt64(highShift) | low >> UInt64(64 - highShift)
                scale = exponent - shift + 64 - highShift
                isInexact = low << UInt64(highShift) != 0
            }
        }
        let lead = leading.leadingZeroBitCount
        leading <<= UInt64(lead)
        scale -= lead

        let dropped = UInt64(63 - Value.significandBitCount)
        var kept = leading >> dropped
        let rest = leading & (1 << dropped - 1)
        let half: UInt64 = 1 << (dropped - 1)
        if rest > half || (rest == half && (isInexact || kept & 1 == 1)) { kept += 1 }
        var power = scale + 63
        if kept >> UInt64(Value.significandBitCount + 1) != 0 {
            kept >>= 1
            power += 1
        }
        // Subnormal and overflowing values are rare; the general algorithm knows their rules.
        guard power >= Value.leastNormalExponent, power <= Value.greatestExponent else { return nil }
        return Value(isNegative: isNegative, power: power, significand: kept)
    }

    private static let powersOfFive: [UInt64] = (0...27).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 5 }
    }
}
