import Foundation

/// Amounts of bytes for people.
package enum ByteCount {
    /// `999 B`, `1.5 kB`, `12 MB`: decimal units, two digits at least.
    package static func text(_ bytes: Int64) -> String {
        var value = Double(bytes)
        var unit = "B"
        for next in ["kB", "MB", "GB", "TB"] where value >= 999.5 {
            value /= 1000
            unit = next
        }
        return unit == "B" || value >= 9.95
            ? "\(Int(value.rounded())) \(unit)" : String(format: "%.1f", value) + " \(unit)"
    }
}
