extension PredictionTable {
    /// The table for a model of so many values a row: a flat list of several values is many rows where a row has one.
    func laidOut(for width: Int?) -> PredictionTable {
        guard isFlat, width == 1, self.width != 1 else { return self }
        var table = self
        table.rowCount = self.width
        table.rowShape = [1]
        return table
    }
}

extension PredictionTable.Cells {
    /// The columns put in another order.
    ///
    /// - Parameter places: For each new column the old one; nil leaves all in place.
    func arranged(_ places: [Int]?, width: Int) -> Self {
        guard let places else { return self }
        switch self {
        case .numbers(let numbers): return .numbers(Self.arranged(numbers, places, width))
        case .values(let values): return .values(Self.arranged(values, places, width))
        }
    }

    /// One column of rows of this width.
    func column(_ column: Int, width: Int) -> Self {
        switch self {
        case .numbers(let numbers): .numbers(Self.arranged(numbers, [column], width))
        case .values(let values): .values(Self.arranged(values, [column], width))
        }
    }

    private static func arranged<Element>(_ elements: [Element], _ places: [Int], _ width: Int) -> [Element] {
        var arranged: [Element] = []
        arranged.reserveCapacity(width == 0 ? 0 : elements.count / width * places.count)
        for start in stride(from: 0, to: elements.count, by: max(width, 1)) {
            for place in places { arranged.append(elements[start + place]) }
        }
        return arranged
    }
}
