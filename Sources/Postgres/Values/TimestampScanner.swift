/// Reads one timestamp from its ISO text.
struct TimestampScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// Microseconds since 1970 in UTC, or nil where the text is no timestamp (as `infinity`).
    mutating func microseconds() -> Int? {
        guard var year = number(), take("-"), let month = number(), take("-"), let day = number() else { return nil }
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        var clock = 0
        if take(" ") || take("T") {
            guard let time = timeOfDay(), let zone = zone() else { return nil }
            clock = time - zone
        }
        if take(" ") {
            guard take("B"), take("C") else { return nil }
            year = 1 - year
        }
        guard index == text.count else { return nil }
        return TimestampText.days(year: year, month: month, day: day) * 86_400_000_000 + clock
    }

    private mutating func timeOfDay() -> Int? {
        guard let hour = number(), take(":"), let minute = number(), take(":"), let second = number() else {
            return nil
        }
        var fraction = 0
        if take(".") {
            let start = index
            guard let digits = number(), index - start <= 6 else { return nil }
            fraction = (index - start..<6).reduce(digits) { value, _ in value * 10 }
        }
        return ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    }

    /// The offset from UTC; none counts as UTC.
    private mutating func zone() -> Int? {
        let isNegative = take("-")
        guard isNegative || take("+") else { return 0 }
        guard let hours = number() else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(":") {
            guard let part = number() else { return nil }
            seconds += part * unit
        }
        return (isNegative ? -seconds : seconds) * 1_000_000
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < text.count, text[index] == UInt8(truncatingIfNeeded: character.value) else { return false }
        index += 1
        return true
    }

    private mutating func number() -> Int? {
        let start = index
        var value = 0
        while index < text.count, index - start < 9, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) {
            value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
            index += 1
        }
        return index > start ? value : nil
    }
}
