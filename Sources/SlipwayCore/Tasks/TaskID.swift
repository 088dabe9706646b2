package import Foundation

/// A task's name: ten characters of Crockford's base 32, sorting by the time at which the task was made.
///
/// Forty bits count units of two milliseconds since 2025-01-01 UTC (good until 2094), ten bits tell tasks of the same
/// unit apart. The alphabet has no i, l, o or u, so an id can be read aloud without doubt.
package struct TaskID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    package let text: String

    static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    static let length = 10

    /// Reads an id as people write it: capitals and the look-alikes `i`, `l`, `o` are accepted.
    ///
    /// - Returns: nil for anything that cannot be an id.
    package init?(_ text: String) {
        guard text.utf8.count == Self.length else { return nil }
        var canonical = ""
        for character in text.lowercased() {
            let plain: Character =
                switch character {
                case "o": "0"
                case "i", "l": "1"
                default: character
                }
            guard Self.alphabet.contains(plain) else { return nil }
            canonical.append(plain)
        }
        self.text = canonical
    }

    /// The id with this fifty-bit value.
    init(value: UInt64) {
        var characters: [Character] = []
        for position in (0..<Self.length).reversed() {
            characters.append(Self.alphabet[Int((value >> (5 * UInt64(position))) & 31)])
        }
        self.text = String(characters)
    }

    /// When the id was made, to two milliseconds.
    package var createdAt: Date {
        let value = text.reduce(UInt64(0)) { $0 << 5 | UInt64(Self.alphabet.firstIndex(of: $1) ?? 0) }
        return Date(timeIntervalSince1970: TaskIDGenerator.epoch + Double(value >> 10) / 500)
    }

    package var description: String { text }

    package static func < (left: TaskID, right: TaskID) -> Bool { left.text < right.text }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = TaskID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is not a task id")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
