extension SlurmOutput {
    /// Seconds since 1970; nil for `Unknown`, `None`, `N/A` and 0, Slurm's words for a time that it does not have.
    static func time(_ text: String) -> Int64? {
        guard let seconds = Int64(text), seconds > 0 else { return nil }
        return seconds
    }

    /// Seconds of `[days-][[hours:]minutes:]seconds`, as squeue and sinfo print limits; nil for `UNLIMITED`,
    /// `infinite`, `NOT_SET` and whatever else is no duration.
    static func duration(_ text: String) -> Int64? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, let clock = parts.last else { return nil }
        let days: Int64? = parts.count == 2 ? Int64(parts[0]) : 0
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard let days, (1...3).contains(fields.count) else { return nil }
        var seconds: Int64 = 0
        for field in fields {
            guard let field, field >= 0 else { return nil }
            seconds = seconds * 60 + field
        }
        return days * 86400 + seconds
    }

    /// Bytes of a size with one of the suffixes K, M, G, T, P (powers of 1024) or none; nil where there is no size,
    /// or where it is one for each CPU (`2Gc`, printed before Slurm 21.08).
    static func bytes(_ text: String) -> Int64? {
        var digits = text[...]
        if digits.last == "n" { digits.removeLast() }
        var scale = 1.0
        if let suffix = digits.last, let power = "KMGTP".firstIndex(of: suffix) {
            for _ in 0...("KMGTP".distance(from: "KMGTP".startIndex, to: power)) { scale *= 1024 }
            digits.removeLast()
        }
        guard let value = Double(digits), value >= 0, value * scale < 9.2e18 else { return nil }
        return Int64((value * scale).rounded())
    }

    /// Slurm's empty words become nil.
    static func word(_ text: String) -> String? {
        switch text {
        case "", "None", "none", "(null)", "N/A", "n/a", "Unknown": nil
        default: text
        }
    }

    /// The four numbers of `allocated/idle/other/total`.
    static func counts(_ text: String, of command: String) throws(SlurmError) -> [Int] {
        let counts = text.split(separator: "/", omittingEmptySubsequences: false).map { count($0) }
        guard counts.count == 4, !counts.contains(nil) else {
            throw SlurmError(
                .malformedOutput,
                "\(command) printed \(quoted(text)) where allocated/idle/other/total were expected")
        }
        return counts.compactMap(\.self)
    }

    /// sinfo shortens large counts to `12K` and `3M` (powers of 1024).
    private static func count(_ text: Substring) -> Int? {
        guard let last = text.last, !last.isNumber else { return Int(text) }
        return bytes(String(text)).map(Int.init)
    }
}
