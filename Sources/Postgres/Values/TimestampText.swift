import FoundationEssentials

/// PostgreSQL's ISO text of points in time, `2026-01-31 12:34:56.123456+00` (PostgreSQL manual, 8.5.2).
///
/// Days are counted in the proleptic Gregorian calendar with years of 365.2425 days from 1 March, as both sides do.
enum TimestampText {
    private static let microsecondsADay = 86_400_000_000
    /// Microseconds from 1970 to 2001, where `Date` counts from.
    private static let referenceOffset = 978_307_200_000_000

    static func text(of date: Date) -> String {
        let scaled = (date.timeIntervalSinceReferenceDate * 1e6).rounded()
        // PostgreSQL ends in the year 294276; beyond, it has `infinity` alone.
        guard scaled.magnitude < 9.2e18 - 1e15 else { return scaled < 0 ? "-infinity" : "infinity" }
        let total = Int(scaled) + referenceOffset
        let (days, rest) = floorDivide(total, by: microsecondsADay)
        let (year, month, day) = civil(fromDays: days)
        let seconds = rest / 1_000_000
        let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        let fraction = padded(rest % 1_000_000, to: 6)
        let shownYear = padded(year > 0 ? year : 1 - year, to: 4)
        return "\(shownYear)-\(two(month))-\(two(day)) \(clock).\(fraction)+00\(year > 0 ? "" : " BC")"
    }

    static func date(of text: UnsafeBufferPointer<UInt8>) -> Date? {
        var scanner = TimestampScanner(text)
        guard let total = scanner.microseconds() else { return nil }
        return Date(timeIntervalSinceReferenceDate: Double(total - referenceOffset) / 1e6)
    }

    /// Days from 1970-01-01 to a date.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floorDivide(shifted, by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = floorDivide(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func floorDivide(_ value: Int, by divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func two(_ number: Int) -> String { padded(number, to: 2) }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
