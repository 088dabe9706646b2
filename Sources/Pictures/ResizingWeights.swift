/// What each sample of the old line gives to each of the new one, as whole numbers of 2⁻²².
struct ResizingWeights {
    struct Span {
        /// The first of the old samples.
        let first: Int
        /// Where its weights stand.
        let range: Range<Int>
    }

    private static let bits: Int32 = 22
    /// Added before the bits after the point are cut off.
    static let half: Int32 = 1 << (bits - 1)

    private(set) var weights: [Int32] = []
    private(set) var spans: [Span] = []

    init(from old: Int, to new: Int) {
        let scale = Double(old) / Double(new)
        let support = max(scale, 1)
        spans.reserveCapacity(new)
        for index in 0..<new {
            let centre = (Double(index) + 0.5) * scale
            let first = max(Int(centre - support + 0.5), 0)
            let end = min(Int(centre + support + 0.5), old)
            let triangle = (first..<end).map { max(0, 1 - abs((Double($0) - centre + 0.5) / support)) }
            let sum = triangle.reduce(0, +)
            let begin = weights.count
            weights += triangle.map { Int32(0.5 + $0 / sum * Double(1 << Self.bits)) }
            spans.append(Span(first: first, range: begin..<weights.count))
        }
    }

    /// The sample of a sum of weighted samples that began with `half`.
    @inline(__always)
    static func sample(_ sum: Int32) -> UInt8 { UInt8(clamping: sum >> bits) }
}
