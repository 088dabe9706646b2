/// Finds what a misspelled name may have meant.
enum NearestName {
    /// The known name that fewest changed letters lead to; nil where none is near.
    static func to(_ name: String, among known: [String]) -> String? {
        let wanted = Array(name.lowercased().utf8.prefix(64))
        let limit = max(1, wanted.count * 2 / 5)
        // Names of thousands of columns would cost more than the hint is worth.
        let near = known.prefix(500).compactMap { candidate -> (distance: Int, name: String)? in
            let letters = Array(candidate.lowercased().utf8.prefix(64))
            guard abs(letters.count - wanted.count) <= limit else { return nil }
            let distance = distance(wanted, letters)
            return distance <= limit && distance < wanted.count ? (distance, candidate) : nil
        }
        return near.min { $0.distance < $1.distance }?.name
    }

    /// Levenshtein's distance: letters inserted, removed or replaced.
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var row = Array(0...second.count)
        for (line, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in second.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[second.count]
    }
}
