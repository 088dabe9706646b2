/// The statements that one connection has prepared, by the identifier of their profile.
struct PreparedStatements {
    private var entries: [Int: Entry] = [:]
    private var names = 0
    private var uses = 0
    private static let limit = 256

    private struct Entry {
        let name: String
        var lastUse: Int
    }

    /// The name under which the statement is prepared, or nil.
    mutating func name(of identifier: Int) -> String? {
        guard let index = entries.index(forKey: identifier) else { return nil }
        uses += 1
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// A new name for a statement, and the name of one that has to go to keep the number of them bounded.
    mutating func add(_ identifier: Int) -> (name: String, evicted: String?) {
        var evicted: String?
        if entries.count >= Self.limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            evicted = oldest.value.name
        }
        names += 1
        uses += 1
        let name = "s\(names)"
        entries[identifier] = Entry(name: name, lastUse: uses)
        return (name, evicted)
    }

    /// Forgets a statement and answers its name.
    mutating func remove(_ identifier: Int) -> String? {
        entries.removeValue(forKey: identifier)?.name
    }
}
