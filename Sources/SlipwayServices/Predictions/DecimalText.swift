/// Numbers as they are written in JSON and CSV.
package enum DecimalText {
    /// 10⁰ to 10²², the powers of ten that a `Double` holds exactly.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The nearest `Double` to `±significand × 10^exponent`, where one division or multiplication of exact numbers finds
    /// it (Clinger, "How to read floating point numbers accurately", 1990); nil where more is needed.
    @inline(__always)
    package static func exactDouble(isNegative: Bool, significand: UInt64, exponent: Int) -> Double? {
        guard significand <= 1 << 53, -22...22 ~= exponent else { return nil }
        let value = Double(significand)
        let magnitude = exponent < 0 ? value / powers[-exponent] : value * powers[exponent]
        return isNegative ? -magnitude : magnitude
    }

    /// The number that the whole text is, spaces around it left out; nil where it is none. `nan` and `inf` are numbers.
    package static func double(_ text: Slice<UnsafeRawBufferPointer>) -> Double? {
        var index = text.startIndex
        let isNegative = index < text.endIndex && text[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var significand: UInt64 = 0
        var digits = 0
        var fraction = 0
        var hasPoint = false
        while index < text.endIndex, digits < 19 {
            let byte = text[index]
            let digit = byte &- UInt8(ascii: "0")
            if digit < 10 {
                significand = significand * 10 + UInt64(digit)
                digits += 1
                if hasPoint { fraction += 1 }
            } else if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else {
                break
            }
            index += 1
        }
        if index == text.endIndex, digits > 0,
            let value = exactDouble(isNegative: isNegative, significand: significand, exponent: -fraction)
        {
            return value
        }
        let words = String(decoding: text, as: UTF8.self)
        return Double(words) ?? Double(words.trimmingSpaces)
    }
}

extension String {
    fileprivate var trimmingSpaces: Substring {
        drop { $0 == " " || $0 == "\t" }.trimmingTrailing
    }
}

extension Substring {
    fileprivate var trimmingTrailing: Substring {
        guard let last = lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return self[...last]
    }
}
