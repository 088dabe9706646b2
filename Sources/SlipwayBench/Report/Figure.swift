import Foundation

/// One measured figure.
struct Figure: Sendable {
    let what: String
    let value: Double
    let unit: String
    /// How much was done, and how: `2,000 tasks by 8 clients`.
    let bound: String

    init(_ what: String, _ value: Double, _ unit: String, _ bound: String) {
        self.what = what
        self.value = value
        self.unit = unit
        self.bound = bound
    }

    /// The value with as many digits as it is worth.
    var valueText: String { Self.short(value) }

    static func short(_ value: Double) -> String {
        text(value, digits: abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : 2)
    }

    static func whole(_ count: Int) -> String { text(Double(count), digits: 0) }

    private static func text(_ value: Double, digits: Int) -> String {
        value.formatted(.number.precision(.fractionLength(digits)).locale(Locale(identifier: "en_US")))
    }
}
