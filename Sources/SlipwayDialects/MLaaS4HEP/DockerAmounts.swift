/// Sizes and numbers of processors as docker's `--memory` and `--cpus` take them.
enum DockerAmounts {
    /// What docker gives at least.
    private static let least = 6.0 * 1024 * 1024
    private static let units: [String: Double] = [
        "": 1, "b": 1, "k": 0x1p10, "m": 0x1p20, "g": 0x1p30, "t": 0x1p40,
    ]

    /// Megabytes (2²⁰ bytes), rounded up: `3gb`, `512m`, `1.5GiB`; without a unit bytes.
    ///
    /// - Returns: nil for what is no size, or less than the 6 MB that docker gives at least.
    static func megabytes(_ text: String) -> Int? {
        let text = text.lowercased()
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        var unit = text.dropFirst(number.count).drop { $0 == " " }
        if unit.count > 1 {
            if unit.hasSuffix("ib") { unit.removeLast(2) } else if unit.hasSuffix("b") { unit.removeLast() }
        }
        guard let factor = units[String(unit)], let amount = Double(number), amount * factor >= least,
            amount * factor < 1e18
        else { return nil }
        return Int((amount * factor / 0x1p20).rounded(.up))
    }

    /// Whole processors, rounded up: `2`, `1.5`. Slurm gives no parts of one.
    static func processors(_ text: String) -> Int? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }), let number = Double(text),
            number > 0, number <= 100_000
        else { return nil }
        return Int(number.rounded(.up))
    }
}
