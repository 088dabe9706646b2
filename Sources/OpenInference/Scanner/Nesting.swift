/// The shape that nested arrays spell out, found while they are read.
struct Nesting {
    /// The length of the rows at each depth, outermost first; -1 where no row of that depth has ended yet.
    private var lengths = InlineArray<64, Int>(repeating: -1)
    /// How many depths have been seen.
    private(set) var rank = 0
    /// How many levels of arrays are around each element; nil before the first.
    private var elementDepth: Int?

    /// The lengths by depth.
    var shape: [Int] { (0..<rank).map { length(at: $0) } }

    private func length(at depth: Int) -> Int { max(0, lengths[depth]) }

    /// Whether the arrays had this shape.
    func spells(_ shape: [Int]) -> Bool {
        rank == shape.count && shape.indices.allSatisfy { length(at: $0) == shape[$0] }
    }

    /// Whether it was one flat array of so many elements.
    func isFlat(_ count: Int) -> Bool {
        rank == 1 && length(at: 0) == count
    }

    /// Whether the arrays had this shape up to a depth at which all of them were empty.
    func isEmptyForm(of shape: [Int]) -> Bool {
        rank > 0 && rank - 1 <= shape.count && (0..<(rank - 1)).allSatisfy { length(at: $0) == shape[$0] }
    }

    /// Notes a finished row at `depth`, counted from 0 and below `JSONScanner.depthLimit`.
    ///
    /// - Returns: What is wrong with it, where it differs from those before.
    mutating func rowEnded(depth: Int, length: Int, holdsElements: Bool) -> String? {
        rank = max(rank, depth + 1)
        let earlier = lengths[depth]
        if earlier >= 0, earlier != length {
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
