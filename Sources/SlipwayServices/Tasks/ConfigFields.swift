import SlipwayCore

/// The fields of a config file that is being read: typed access by JSON path, collecting every fault.
struct ConfigFields {
    private(set) var faults: [FieldFault] = []

    mutating func fault(_ path: String, _ value: JSONTree?, _ message: String) {
        let shown: String? =
            switch value {
            case .string(let text)?: text
            case let other?: other.kind
            case nil: nil
            }
        faults.append(FieldFault(path: path, value: shown, message: message))
    }

    /// The members that hold something: null says the same as leaving a member out.
    static func given(_ members: [String: JSONTree]) -> [String: JSONTree] {
        members.filter { _, value in
            if case .null = value { false } else { true }
        }
    }

    /// The object's members; a fault and no members where it is something else.
    mutating func object(_ value: JSONTree?, _ path: String) -> [String: JSONTree] {
        switch value {
        case .object(let members)?: return Self.given(members)
        case nil, .null?: return [:]
        case let other?:
            fault(path, other, "must be an object, but is \(other.kind)")
            return [:]
        }
    }

    /// A text that may go into a batch script and onto a command line: no control characters, not empty.
    mutating func text(_ value: JSONTree?, _ path: String, maximum: Int = 255) -> String? {
        switch value {
        case nil, .null?:
            return nil
        case .string(let text)?:
            if text.isEmpty {
                fault(path, value, "must not be empty")
            } else if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                fault(
                    path, value, "contains a control character, such as a newline or NUL; write it as one line of text")
            } else if text.utf8.count > maximum {
                fault(path, value, "is \(text.utf8.count) bytes long; at most \(maximum) are allowed")
            } else {
                return text
            }
            return nil
        case let other?:
            fault(path, other, "must be a text, but is \(other.kind)")
            return nil
        }
    }

    mutating func required(_ value: JSONTree?, _ path: String, _ meaning: String) -> String? {
        switch value {
        case nil, .null?:
            fault(path, value, "is missing: \(meaning)")
            return nil
        default:
            return text(value, path)
        }
    }

    /// A whole number from `minimum` up to `maximum`, given as a number or as digits in a text.
    mutating func count(_ value: JSONTree?, _ path: String, minimum: Int = 1, maximum: Int?, of partition: String)
        -> Int?
    {
        guard let value else { return nil }
        guard let number = Self.whole(value), number >= minimum else {
            fault(path, value, "must be a whole number from \(minimum)\(maximum.map { " to \($0)" } ?? "")")
            return nil
        }
        if let maximum, number > maximum {
            fault(path, value, "is more than the \(maximum) that partition “\(partition)” allows")
            return nil
        }
        return number
    }

    /// A whole number within a range, given as a number or as digits in a text; `unit` follows it in messages.
    mutating func whole(_ value: JSONTree?, _ path: String, in range: ClosedRange<Int>, unit: String = "") -> Int? {
        guard let value else { return nil }
        if let number = Self.whole(value), range.contains(number) { return number }
        fault(path, value, "must be a whole number from \(range.lowerBound) to \(range.upperBound)\(unit)")
        return nil
    }

    /// A number within a range, given as a number or as digits in a text.
    mutating func number(_ value: JSONTree?, _ path: String, in range: ClosedRange<Double>) -> Double? {
        guard let value else { return nil }
        if let number = Self.number(value), range.contains(number) { return number }
        fault(path, value, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    mutating func flag(_ value: JSONTree?, _ path: String) -> Bool? {
        switch value {
        case nil, .null?: return nil
        case .bool(let flag)?: return flag
        case let other?:
            fault(path, other, "must be true or false, but is \(other.kind)")
            return nil
        }
    }

    private static func number(_ value: JSONTree) -> Double? {
        switch value {
        case .number(let number): number
        case .string(let text): Double(text)
        case .null, .bool, .array, .object: nil
        }
    }

    private static func whole(_ value: JSONTree) -> Int? {
        number(value).flatMap { $0 == $0.rounded() && abs($0) <= 1e9 ? Int($0) : nil }
    }

    /// A time or size as `Amounts` reads it; a bare number counts in its unit.
    mutating func amount(
        _ value: JSONTree?, _ path: String, _ meaning: String, minimum: Int = 1, maximum: Int?, unit: String,
        of partition: String,
        _ parse: (String) -> Int?
    ) -> Int? {
        let text: String
        switch value {
        case nil, .null?: return nil
        case .string(let value)?: text = value
        case .number(let value)? where value == value.rounded() && abs(value) < 1e12: text = String(Int(value))
        default: text = ""
        }
        guard let amount = parse(text) else {
            fault(path, value, meaning)
            return nil
        }
        if amount < minimum {
            fault(path, value, "is \(amount) \(unit); at least \(minimum) are needed. Write the unit, as in 3gb")
            return nil
        }
        if let maximum, amount > maximum {
            fault(path, value, "is more than the \(maximum) \(unit) that partition “\(partition)” allows")
            return nil
        }
        return amount
    }
}
