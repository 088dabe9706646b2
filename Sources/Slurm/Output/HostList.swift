/// Slurm's notation for several nodes: `n[1-3,07-09],login1`, `rack[0-1]node[1-2]`.
package enum HostList {
    /// More nodes than this in one list are not written out.
    package static let limit = 10_000

    /// The names that a list stands for, in its order; none for an empty one.
    ///
    /// nil where the text is no such list, or stands for more than `limit` names.
    package static func expand(_ text: String, limit: Int = limit) -> [String]? {
        var names: [String] = []
        guard !text.isEmpty else { return names }
        guard let words = words(of: text) else { return nil }
        for word in words {
            guard let more = expand(word: word, limit: limit - names.count) else { return nil }
            names += more
        }
        return names
    }

    /// Whether a text has only the characters of names and lists, and so can stand in a list of nodes for Slurm.
    package static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
        return text.utf8.allSatisfy { isNameByte($0) || "[],".utf8.contains($0) }
    }

    /// Whether a text is the name of one node.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
        return text.utf8.count <= 255 && text.utf8.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// The parts between the commas that are outside brackets.
    private static func words(of text: String) -> [Substring]? {
        var words: [Substring] = []
        var begin = text.startIndex
        var isInside = false
        for index in text.indices {
            switch text[index] {
            case "[":
                if isInside { return nil }
                isInside = true
            case "]":
                if !isInside { return nil }
                isInside = false
            case "," where !isInside:
                words.append(text[begin..<index])
                begin = text.index(after: index)
            default: break
            }
        }
        words.append(text[begin...])
        return isInside ? nil : words
    }

    /// `a[1-2]b[3,4]c`: every choice of one number a bracket, the last one changing first.
    private static func expand(word: Substring, limit: Int) -> [String]? {
        var names = [""]
        var rest = word
        while !rest.isEmpty {
            let text = rest.prefix { $0 != "[" }
            rest = rest[text.endIndex...]
            var numbers = [""]
            if !rest.isEmpty {
                guard let close = rest.firstIndex(of: "]"),
                    let listed = self.numbers(of: rest[rest.index(after: rest.startIndex)..<close], limit: limit)
                else { return nil }
                numbers = listed
                rest = rest[rest.index(after: close)...]
            }
            guard names.count * numbers.count <= limit else { return nil }
            names = names.flatMap { name in numbers.map { name + text + $0 } }
        }
        return names.count <= limit && names.allSatisfy(isName) ? names : nil
    }

    /// The numbers of `1-3,07-09`; a range's first number gives the width.
    private static func numbers(of text: Substring, limit: Int) -> [String]? {
        var numbers: [String] = []
        for range in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = range.split(separator: "-", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count), let low = number(ends[0]), let high = number(ends[ends.count - 1]),
                low <= high, high - low < limit - numbers.count
            else { return nil }
            let width = ends[0].count
            for value in low...high {
                let digits = String(value)
                numbers.append(String(repeating: "0", count: max(0, width - digits.count)) + digits)
            }
        }
        return numbers
    }

    private static func number(_ text: Substring) -> Int? {
        (1...18).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }
}
