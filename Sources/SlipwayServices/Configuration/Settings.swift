import SlipwayCore
import Yams

/// A mapping of the configuration file that is being read: collects every fault with its place.
///
/// Each key that is asked for is noted, so that a key that nobody asked for, a misspelling most often, is a fault too.
final class Settings {
    let path: String
    private let mapping: Node.Mapping?
    private var known: Set<String> = []
    private let faults: Faults

    /// Faults of the whole file.
    final class Faults {
        var list: [FieldFault] = []
    }

    init(_ node: Node?, path: String, faults: Faults) {
        self.path = path
        self.faults = faults
        self.mapping = node?.mapping
        if let node, node.mapping == nil, node.null == nil {
            fault(nil, at: node, "must be a mapping of keys to values")
        }
    }

    func fault(_ key: String?, at node: Node? = nil, _ message: String) {
        let place = [path, key].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ".")
        let line = (node?.mark ?? mapping?.mark).map { " (line \($0.line))" } ?? ""
        faults.list.append(FieldFault(path: place + line, value: node?.scalar?.string, message: message))
    }

    private func node(_ key: String) -> Node? {
        known.insert(key)
        guard let node = mapping?[key], node.null == nil else { return nil }
        return node
    }

    func string(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard let scalar = node.scalar else {
            fault(key, at: node, "must be a text")
            return nil
        }
        return scalar.string
    }

    func required(_ key: String, _ meaning: String) -> String {
        if let value = string(key) { return value }
        fault(key, "is missing: \(meaning)")
        return ""
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = node(key) else { return nil }
        guard let value = node.int, range.contains(value) else {
            fault(key, at: node, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        guard let node = node(key) else { return nil }
        guard let value = node.float, range.contains(value) else {
            fault(key, at: node, "must be a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    func bool(_ key: String) -> Bool? {
        guard let node = node(key) else { return nil }
        guard let value = node.bool else {
            fault(key, at: node, "must be true or false")
            return nil
        }
        return value
    }

    func strings(_ key: String) -> [String] {
        guard let node = node(key) else { return [] }
        guard let values = node.sequence, values.allSatisfy({ $0.scalar != nil }) else {
            fault(key, at: node, "must be a list of texts")
            return []
        }
        return values.compactMap { $0.scalar?.string }
    }

    /// A value that `parse` understands; `meaning` says what would be right.
    func parsed<Value>(_ key: String, _ meaning: String, _ parse: (String) -> Value?) -> Value? {
        guard let text = string(key) else { return nil }
        guard let value = parse(text) else {
            fault(key, at: mapping?[key], meaning)
            return nil
        }
        return value
    }

    func section(_ key: String) -> Settings {
        Settings(node(key), path: path.isEmpty ? key : "\(path).\(key)", faults: faults)
    }

    var hasSection: Bool { mapping != nil }

    /// Whether a key's value is a mapping, where it may be a text as well.
    func isMapping(_ key: String) -> Bool { mapping?[key]?.mapping != nil }

    /// The keys of this mapping, each with its value as a section.
    func sections() -> [(key: String, section: Settings)] {
        guard let mapping else { return [] }
        return mapping.compactMap { pair in
            guard let key = pair.key.scalar?.string else {
                fault(nil, at: pair.key, "keys must be texts")
                return nil
            }
            return (key, section(key))
        }
    }

    /// Faults every key that nobody asked for.
    func finish() {
        guard let mapping else { return }
        for (key, value) in mapping {
            guard let name = key.scalar?.string, !known.contains(name) else { continue }
            fault(
                name, at: value, "is not a key that is known here; known are \(known.sorted().joined(separator: ", "))")
        }
    }
}
