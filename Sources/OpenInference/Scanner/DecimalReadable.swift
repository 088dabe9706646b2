/// A binary floating-point type that decimals are read into.
protocol DecimalReadable: BinaryFloatingPoint, LosslessStringConvertible, TensorElement {
    /// Every whole number up to this one is a value of the type.
    static var largestExactSignificand: UInt64 { get }
    /// The powers of ten, from 10^0, that are values of the type.
    static var exactPowers: [Self] { get }
    static var leastNormalExponent: Int { get }
    static var greatestExponent: Int { get }
    /// The normal number ±significand × 2^(power − significandBitCount).
    init(isNegative: Bool, power: Int, significand: UInt64)
}

extension Float16: DecimalReadable {
    static let largestExactSignificand: UInt64 = 1 << 11
    static let exactPowers: [Float16] = [1e0, 1e1, 1e2, 1e3, 1e4]
    static let leastNormalExponent = -14
    static let greatestExponent = 15

    @inline(__always)
    init(isNegative: Bool, power: Int, significand: UInt64) {
        let sign: UInt16 = isNegative ? 1 << 15 : 0
        self.init(bitPattern: sign | UInt16(power + 15) << 10 | UInt16(significand & (1 << 10 - 1)))
    }
}

extension Float: DecimalReadable {
    static let largestExactSignificand: UInt64 = 1 << 24
    static let exactPowers: [Float] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]
    static let leastNormalExponent = -126
    static let greatestExponent = 127

    @inline(__always)
    init(isNegative: Bool, power: Int, significand: UInt64) {
        let sign: UInt32 = isNegative ? 1 << 31 : 0
        self.init(bitPattern: sign | UInt32(power + 127) << 23 | UInt32(significand & (1 << 23 - 1)))
    }
}

extension Double: DecimalReadable {
    static let largestExactSignificand: UInt64 = 1 << 53
    static let exactPowers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
    static let leastNormalExponent = -1022
    static let greatestExponent = 1023

    @inline(__always)
    init(isNegative: Bool, power: Int, significand: UInt64) {
        let sign: UInt64 = isNegative ? 1 << 63 : 0
        self.init(bitPattern: sign | UInt64(power + 1023) << 52 | significand & (1 << 52 - 1))
    }
}
