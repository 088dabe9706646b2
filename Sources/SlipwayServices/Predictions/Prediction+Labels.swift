import SlipwayCore

extension Prediction {
    /// How many classes are told of each row.
    private static let mostClasses = 5

    /// What a model said, with the names of the classes that it or its files give.
    init(_ card: ModelCard, outputs: [Tensor]) {
        self.init(version: card.version, outputs: outputs)
        for output in outputs where top == nil {
            guard let names = Self.classNames(of: output, card.classNames) else { continue }
            top = Self.top(output, names)
        }
        let classes = outputs.lazy.compactMap(\.labels).first
        for output in outputs where labels == nil {
            labels = Self.labels(output, names: card.classNames, classes: classes)
        }
        if labels == nil, let top { labels = top.compactMap(\.first?.label) }
    }

    /// The names of the entries of an output's last dimension, where it scores classes.
    private static func classNames(of output: Tensor, _ names: [String]?) -> [String]? {
        guard output.shape.count == 2, let width = output.shape.last, width > 1 else { return nil }
        return [names, output.labels].lazy.compactMap(\.self).first { $0.count == width }
    }

    private static func top(_ output: Tensor, _ names: [String]) -> [[ScoredLabel]]? {
        switch output.values {
        case .float16(let values): best(values, names)
        case .float32(let values): best(values, names)
        case .float64(let values): best(values, names)
        // Eight bits are what quantized nets score with.
        case .uint8(let values): best(values.map(Float.init), names)
        case .int8(let values): best(values.map(Float.init), names)
        case .bool, .uint16, .uint32, .uint64, .int16, .int32, .int64, .string: nil
        }
    }

    private static func best<Score: BinaryFloatingPoint>(_ scores: [Score], _ names: [String]) -> [[ScoredLabel]] {
        stride(from: 0, to: scores.count, by: names.count).map { start in
            // The few best so far, in order; most entries fail the first comparison.
            var best: [(score: Score, index: Int)] = []
            for index in names.indices {
                let score = scores[start + index]
                guard !score.isNaN else { continue }
                if best.count == mostClasses, let last = best.last, score <= last.score { continue }
                let place = best.firstIndex { score > $0.score } ?? best.count
                best.insert((score, index), at: place)
                if best.count > mostClasses { best.removeLast() }
            }
            return best.map { ScoredLabel(label: names[$0.index], score: Double($0.score)) }
        }
    }

    /// The class of each row, where an output is one: text, or a number that names a class.
    ///
    /// - Parameter classes: The classifier's own classes, as the scores' columns are named.
    private static func labels(_ output: Tensor, names: [String]?, classes: [String]?) -> [String]? {
        guard output.shape.count == 1 || (output.shape.count == 2 && output.shape[1] == 1) else { return nil }
        switch output.values {
        case .string(let values): return values.map { String(decoding: $0, as: UTF8.self) }
        case .int64(let values): return named(values, names, classes)
        case .int32(let values): return named(values.map(Int64.init), names, classes)
        case .bool, .uint8, .uint16, .uint32, .uint64, .int8, .int16, .float16, .float32, .float64: return nil
        }
    }

    private static func named(_ values: [Int64], _ names: [String]?, _ classes: [String]?) -> [String]? {
        guard let names else { return nil }
        let labels = values.compactMap { value -> String? in
            // A classifier's classes need not count from 0.
            let index = classes.map { $0.firstIndex(of: String(value)) } ?? Int(value)
            return index.flatMap { names.indices.contains($0) ? names[$0] : nil }
        }
        return labels.count == values.count ? labels : nil
    }
}
