/// The shape that nested arrays spell out, found while they are read.
struct Nesting {
    /// The length of the rows at each depth, outermost first; nil where no row of that depth has ended yet.
    private var lengths: [Int?] = []
    /// How many levels of arrays are around each element; nil before the first.
    private var elementDepth: Int?

    /// The lengths by depth.
    var shape: [Int] { lengths.map { $0 ?? 0 } }

    /// Notes a finished row at `depth`, counted from 0.
    ///
    /// - Returns: What is wrong with it, where it differs from those before.
    mutating func rowEnded(depth: Int, length: Int, holdsElements: Bool) -> String? {
        while lengths.count <= depth { lengths.append(nil) }
        if let earlier = lengths[depth], earlier != length {
            return "a row has \(length) elements where an earlier one has \(earlier)"
        }
        lengths[depth] = length
        guard holdsElements else { return nil }
        if let elementDepth, elementDepth != depth {
            return "elements stand \(depth + 1) arrays deep where earlier ones stand \(elementDepth + 1) deep"
        }
        elementDepth = depth
        return nil
    }
}
