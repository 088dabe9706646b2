/// What was measured at each size, side by side: a figure is the largest size's, its bound shows all.
struct ScaleGrid: Sendable {
    struct Size: Hashable, Sendable {
        var active: Int
        var ended: Int
    }

    private var sizes: [Size] = []
    private var names: [(what: String, unit: String)] = []
    private var values: [String: [Size: Double]] = [:]

    mutating func add(_ figures: [Figure], at size: Size) {
        if !sizes.contains(size) { sizes.append(size) }
        for figure in figures {
            if values[figure.what] == nil { names.append((figure.what, figure.unit)) }
            values[figure.what, default: [:]][size] = figure.value
        }
    }

    /// A line for each figure; the first says how to read the others.
    var figures: [Figure] {
        guard let largest = sizes.last else { return [] }
        let heads = Set(sizes.map(\.ended)).sorted().map { ended in
            let active = sizes.filter { $0.ended == ended }.map { Figure.whole($0.active) }.joined(separator: " / ")
            return "\(Figure.whole(ended)) ended, \(active) active"
        }
        let head = Figure("active jobs of the value beside", Double(largest.active), "", heads.joined(separator: " | "))
        return [head]
            + names.map { name in
                let cells = Set(sizes.map(\.ended)).sorted().map { ended in
                    sizes.filter { $0.ended == ended }
                        .map { values[name.what]?[$0].map { Figure.short($0) } ?? "-" }.joined(separator: " / ")
                }
                return Figure(
                    name.what, values[name.what]?[largest] ?? 0, name.unit, cells.joined(separator: " | "))
            }
    }
}
