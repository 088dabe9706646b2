/// How an attempt differs from what the config asks for, because of what became of those before it.
package struct AttemptPlan: Sendable, Hashable, Codable {
    /// Instead of the config's memory.
    package var memoryMegabytes: Int?
    /// Nodes that failed under earlier attempts.
    package var excludedNodes: [String]
    /// The attempt whose output this one goes on from.
    package var resumesFrom: Int?

    /// Exactly what the config asks for.
    package static let unchanged = AttemptPlan()

    package init(memoryMegabytes: Int? = nil, excludedNodes: [String] = [], resumesFrom: Int? = nil) {
        self.memoryMegabytes = memoryMegabytes
        self.excludedNodes = excludedNodes
        self.resumesFrom = resumesFrom
    }

    /// What is new since an earlier plan, to be added to a sentence.
    func words(since earlier: AttemptPlan) -> String {
        var words: [String] = []
        if let memoryMegabytes, memoryMegabytes != earlier.memoryMegabytes {
            words.append("with \(memoryMegabytes) MB of memory")
        }
        let nodes = excludedNodes.filter { !earlier.excludedNodes.contains($0) }
        if !nodes.isEmpty { words.append("without \(nodes.joined(separator: ", "))") }
        if let resumesFrom { words.append("and goes on from the output of attempt \(resumesFrom)") }
        return words.isEmpty ? "" : " " + words.joined(separator: " ")
    }
}
