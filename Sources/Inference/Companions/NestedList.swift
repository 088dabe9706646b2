/// A JSON value that is an element, or arrays of elements of any depth, all of one length at a depth.
struct NestedList<Element: Decodable>: Decodable {
    /// The elements in row-major order.
    var elements: [Element]
    /// The length at each depth, outermost first; empty for a bare element.
    var shape: [Int]

    init(from decoder: any Decoder) throws {
        let single = try decoder.singleValueContainer()
        // Most lists are rows of elements: these are read at once.
        if let row = try? single.decode([Element].self) {
            (elements, shape) = (row, [row.count])
        } else if let element = try? single.decode(Element.self) {
            (elements, shape) = ([element], [])
        } else {
            let rows = try single.decode([NestedList<Element>].self)
            guard let first = rows.first?.shape, rows.allSatisfy({ $0.shape == first }) else {
                throw DecodingError.dataCorruptedError(in: single, debugDescription: "its rows differ in length")
            }
            (elements, shape) = (rows.flatMap(\.elements), [rows.count] + first)
        }
    }
}
