/// Times and sizes as people write them.
package enum Amounts {
    /// Minutes, rounded up: `90` (minutes), `90m`, `2h`, `1d`, `45s`, `HH:MM:SS`, `D-HH:MM:SS`, as sbatch(1) reads
    /// `--time`, and with the units that people add.
    package static func minutes(_ text: String) -> Int? {
        guard let seconds = seconds(text), seconds > 0, seconds <= 366 * 86_400 else { return nil }
        return (seconds + 59) / 60
    }

    /// Seconds, in the same ways of writing.
    static func seconds(_ text: String) -> Int? {
        let text = text.lowercased().filter { $0 != " " }
        if let unit = text.last, let factor = ["s": 1, "m": 60, "h": 3600, "d": 86_400][unit] {
            return natural(text.dropLast()).map { $0 * factor }
        }
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count <= 2, let clock = halves.last else { return nil }
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false).map { natural($0) }
        guard !fields.contains(nil), fields.count <= 3 else { return nil }
        let values = fields.compactMap { $0 }
        if halves.count == 2 {
            guard let days = natural(halves[0]) else { return nil }
            let padded = values + Array(repeating: 0, count: 3 - values.count)
            return days * 86_400 + padded[0] * 3600 + padded[1] * 60 + padded[2]
        }
        switch values.count {
        case 1: return values[0] * 60
        case 2: return values[0] * 60 + values[1]
        default: return values[0] * 3600 + values[1] * 60 + values[2]
        }
    }

    /// Megabytes (2²⁰ bytes), rounded up: `512` (megabytes), `512M`, `3gb`, `4GiB`, `1T`, `900K`.
    package static func megabytes(_ text: String) -> Int? {
        var text = text.lowercased().filter { $0 != " " }
        if text.hasSuffix("ib") { text.removeLast(2) } else if text.hasSuffix("b") { text.removeLast() }
        var kilobytes = 1024.0
        if let unit = text.last, let factor = ["k": 1.0, "m": 1024.0, "g": 1_048_576.0, "t": 1_073_741_824.0][unit] {
            kilobytes = factor
            text.removeLast()
        }
        guard let amount = Double(text), amount > 0, amount.isFinite, text.allSatisfy({ $0.isNumber || $0 == "." })
        else { return nil }
        let megabytes = (amount * kilobytes / 1024).rounded(.up)
        return megabytes <= 1e9 ? Int(megabytes) : nil
    }

    private static func natural(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
