import Foundation
import SlipwayCore

/// A JSON value that keeps, beside its meaning, nothing of how it was written.
enum JSONTree: Decodable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    /// What kind of value it is, in words for a message.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value):
            "the number \(value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)")"
        case .string(let value): "“\(value)”"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// The text of one member of a JSON object, exactly as it was written.
///
/// `model_params` goes to the script by this: numbers keep their digits, keys their order.
enum JSONSlice {
    /// - Parameter text: A JSON object that has been parsed without error before.
    /// - Returns: The value of the last top-level member with this name; nil where there is none.
    static func member(_ name: String, of text: String) -> String? {
        let bytes = Array(text.utf8)
        var found: Range<Int>?
        var position = 0
        var depth = 0
        var key: Range<Int>?
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let end = endOfString(bytes, from: position)
                if depth == 1, key == nil { key = position..<end }
                position = end
                continue
            case UInt8(ascii: ":") where depth == 1:
                let value = valueRange(bytes, after: position + 1)
                if let key, unescaped(bytes[key]) == name { found = value }
                key = nil
                position = value.upperBound
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
        }
        return found.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    private static func unescaped(_ literal: ArraySlice<UInt8>) -> String? {
        try? JSONDecoder().decode(String.self, from: Data(literal))
    }

    /// The position after the closing quote of the string that begins at `start`.
    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var position = start + 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(position + 1, bytes.count)
    }

    private static func valueRange(_ bytes: [UInt8], after start: Int) -> Range<Int> {
        let blank: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        var first = start
        while first < bytes.count, blank.contains(bytes[first]) { first += 1 }
        var position = first
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position = endOfString(bytes, from: position)
                if depth == 0 { return first..<position }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return first..<trimmed(bytes, first, position, blank) }
                depth -= 1
                if depth == 0 { return first..<position + 1 }
            case UInt8(ascii: ",") where depth == 0:
                return first..<trimmed(bytes, first, position, blank)
            default: break
            }
            position += 1
        }
        return first..<position
    }

    private static func trimmed(_ bytes: [UInt8], _ first: Int, _ end: Int, _ blank: Set<UInt8>) -> Int {
        var end = end
        while end > first, blank.contains(bytes[end - 1]) { end -= 1 }
        return end
    }
}
