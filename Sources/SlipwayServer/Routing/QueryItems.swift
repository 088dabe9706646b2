import Foundation

/// The names and values of a query string or of an `application/x-www-form-urlencoded` body.
package struct QueryItems: Sendable {
    private var items: [(name: String, value: String)] = []

    package init(_ text: String) {
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            items.append((Self.decode(halves[0]), halves.count > 1 ? Self.decode(halves[1]) : ""))
        }
    }

    /// The first value under this name.
    package subscript(_ name: String) -> String? { items.first { $0.name == name }?.value }

    /// Every name, once, in order.
    package var names: [String] { Set(items.map(\.name)).sorted() }

    /// All values under this name, comma lists taken apart.
    package func list(_ name: String) -> [String] {
        items.filter { $0.name == name }
            .flatMap { $0.value.split(separator: ",") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// A switch: absent is false; present without a value, `true` or `1` is true.
    ///
    /// - Throws: `Problem` with status 400 that names the parameter.
    package func flag(_ name: String) throws -> Bool {
        guard let value = self[name] else { return false }
        switch value.lowercased() {
        case "", "true", "1", "yes": return true
        case "false", "0", "no": return false
        default: throw Problem(parameter: name, value: value, "must be true or false.")
        }
    }

    /// A whole number within a range.
    ///
    /// - Throws: `Problem` with status 400 that names the parameter.
    package func integer<Number: FixedWidthInteger>(_ name: String, in range: ClosedRange<Number>) throws -> Number? {
        guard let value = self[name] else { return nil }
        guard let number = Number(value), range.contains(number) else {
            throw Problem(
                parameter: name, value: value,
                "must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    private static func decode(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}
