import SlipwayCore

/// Which of a table's columns stands where in the model's rows.
struct ColumnOrder {
    /// For each of the model's columns the table's; nil where they stand in the same order.
    let places: [Int]?

    /// The table's columns as they stand.
    static let asGiven = ColumnOrder(places: nil)

    private init(places: [Int]?) {
        self.places = places
    }

    /// Checks the names that the caller gave against the model's.
    ///
    /// - Parameter known: The model's columns; where nil, the order is the caller's.
    /// - Throws: `SlipwayError` of code `invalid` that lists the names that are missing, twice there, or not the model's.
    init(names: [String], known: [String]?, table: PredictionTable, field: String) throws {
        guard names.count == table.width else {
            throw SlipwayError(
                .invalid, "The names do not fit the values.",
                faults: [
                    FieldFault(
                        path: field, message: "there are \(names.count) names for \(table.width) values in a row")
                ])
        }
        var given: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            guard given.updateValue(index, forKey: name) == nil else {
                throw SlipwayError(
                    .invalid, "A name stands twice.",
                    faults: [FieldFault(path: field, value: name, message: "stands twice among the names")])
            }
        }
        guard let known else {
            places = nil
            try Self.refuseAbsent(in: table, names: names, wanted: Array(names.indices), field: field)
            return
        }
        // The usual case, and the quickest: the model's own order.
        let order = known == names ? Array(names.indices) : known.compactMap { given[$0] }
        guard order.count == known.count, names.count == known.count else {
            throw Self.mismatch(names, known, given, table: table, field: field)
        }
        try Self.refuseAbsent(in: table, names: names, wanted: order, field: field)
        places = known == names ? nil : order
    }

    private static func mismatch(
        _ names: [String], _ known: [String], _ given: [String: Int], table: PredictionTable, field: String
    ) -> SlipwayError {
        let missing = known.filter { given[$0] == nil }
        let knownSet = Set(known)
        let strangers = names.filter { !knownSet.contains($0) }
        var faults: [FieldFault] = []
        if !missing.isEmpty {
            faults.append(FieldFault(path: field, message: "lacks \(NameList.text(missing)), which the model wants"))
        }
        for stranger in strangers.prefix(10) {
            let hint = NearestName.to(stranger, among: missing).map { "; did you mean “\($0)”?" }
            faults.append(
                FieldFault(
                    path: rowPath(of: stranger, given, table, field), value: stranger,
                    message: "is none of the model's columns" + (hint ?? "")))
        }
        if strangers.count > 10 {
            faults.append(
                FieldFault(
                    path: field, message: "has \(strangers.count - 10) more names that the model does not know"))
        }
        return SlipwayError(
            .invalid, "The names are not those of the model's columns: \(NameList.text(known)).", faults: faults)
    }

    /// Where a name that is not the model's stands first.
    private static func rowPath(
        of name: String, _ given: [String: Int], _ table: PredictionTable, _ field: String
    ) -> String {
        guard case .values(let values) = table.cells, let column = given[name], table.width > 0,
            let row = (0..<table.rowCount).first(where: { values[$0 * table.width + column] != .absent })
        else { return field }
        return "\(field)[\(row)]"
    }

    private static func refuseAbsent(
        in table: PredictionTable, names: [String], wanted: [Int], field: String
    ) throws {
        guard case .values(let values) = table.cells else { return }
        var faults: [FieldFault] = []
        for row in 0..<table.rowCount where faults.count < 10 {
            let missing = wanted.filter { values[row * table.width + $0] == .absent }.map { names[$0] }
            if !missing.isEmpty {
                faults.append(FieldFault(path: "\(field)[\(row)]", message: "lacks \(NameList.text(missing))"))
            }
        }
        guard faults.isEmpty else {
            throw SlipwayError(.invalid, "Rows lack values that the model wants.", faults: faults)
        }
    }
}

/// Names in a message.
enum NameList {
    /// The names with commas between them; of many only the first.
    static func text(_ names: [String]) -> String {
        names.prefix(50).joined(separator: ", ") + (names.count > 50 ? ", … (\(names.count) in all)" : "")
    }
}
