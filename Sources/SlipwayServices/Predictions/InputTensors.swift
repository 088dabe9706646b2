import Inference
import SlipwayCore

/// Makes the tensors that a model takes from the rows of a request.
struct InputTensors {
    private let card: ModelCard

    init(_ card: ModelCard) {
        self.card = card
    }

    /// - Throws: `SlipwayError` of code `invalid` with the path of what does not fit, and what would.
    func tensors(of request: PredictionRequest) throws -> [Tensor] {
        switch request.content {
        case .rows(let table, let names):
            return try tensors(table, names: names, field: request.field, isRaw: request.isRaw)
        case .inputs(let inputs):
            if inputs.count == 1, card.signature.inputs.count == 1, inputs[0].name == card.signature.inputs[0].name {
                return try tensors(
                    inputs[0].table, names: nil, field: "inputs.\(inputs[0].name)", isRaw: request.isRaw)
            }
            guard !request.isRaw else {
                throw refusal("raw", "is for models with one table of columns; this one has \(card.inputList)")
            }
            return try inputs.map(tensor)
        }
    }

    private func tensors(
        _ given: PredictionTable, names: [String]?, field: String, isRaw: Bool
    ) throws -> [Tensor] {
        let inputs = card.signature.inputs
        let isColumnar = card.signature.isColumnar
        guard inputs.count == 1 || isColumnar else {
            throw refusal(
                field, "cannot hold the rows of several inputs; give “inputs”, an object of \(card.inputList)")
        }
        let rowShape = isColumnar ? [inputs.count] : inputs[0].rowShape
        var table = given.laidOut(for: card.signature.rowWidth)
        var names = names
        if isRaw, let known = names, let preprocessing = card.companions.preprocessing {
            (table, names) = try table.padded(known, lists: preprocessing.optionalColumns)
        }
        let rows = RowShape(wanted: rowShape, names: card.featureNames)
        if table.oddRow != nil { _ = try rows.of(table, field: field) }
        // Names come before lengths: a row that lacks a column is told which.
        let order =
            if let names, !names.isEmpty {
                try ColumnOrder(names: names, known: card.featureNames, table: table, field: field)
            } else {
                ColumnOrder.asGiven
            }
        let shape = try rows.of(table, field: field)
        let path = CellPath(field: field, table: given, width: table.width, names: names, places: order.places)
        var cells = table.cells.arranged(order.places, width: table.width)
        if isRaw { cells = try .numbers(scaled(cells, width: table.width, path: path)) }
        if isColumnar {
            return try inputs.indices.map { column in
                let conversion = CellConversion(type: inputs[column].type) { path.text($0 * inputs.count + column) }
                let values = try conversion.values(cells.column(column, width: inputs.count))
                let shape = inputs[column].shape.count == 1 ? [table.rowCount] : [table.rowCount, 1]
                return try checked(
                    Tensor(name: inputs[column].name, shape: shape, values: values), rows: table.rowCount, field)
            }
        }
        let values = try CellConversion(type: inputs[0].type, path: path.text).values(cells)
        let whole = inputs[0].isSingleRow ? shape : [table.rowCount] + shape
        return [
            try checked(Tensor(name: inputs[0].name, shape: whole, values: values), rows: table.rowCount, field)
        ]
    }

    private func tensor(_ input: PredictionRequest.Input) throws -> Tensor {
        let known = card.signature.inputs
        guard let specification = known.first(where: { $0.name == input.name }) else {
            let hint = NearestName.to(input.name, among: known.map(\.name)).map { "; did you mean “\($0)”?" } ?? ""
            throw refusal("inputs.\(input.name)", "is no input of the model, which has \(card.inputList)\(hint)")
        }
        let field = "inputs.\(input.name)"
        let table = input.table.laidOut(for: specification.rowWidth)
        let shape = try RowShape(wanted: specification.rowShape, names: nil).of(table, field: field)
        let path = CellPath(field: field, table: input.table, width: table.width, names: nil, places: nil)
        let values = try CellConversion(type: specification.type, path: path.text).values(table.cells)
        let whole = specification.isSingleRow ? shape : [table.rowCount] + shape
        return try checked(Tensor(name: input.name, shape: whole, values: values), rows: table.rowCount, field)
    }

    /// The scaling of the training.
    private func scaled(_ cells: PredictionTable.Cells, width: Int, path: CellPath) throws -> [Double] {
        guard let preprocessing = card.companions.preprocessing else {
            throw refusal("raw", "cannot be true: the model has no preprocess.json that says how its values are scaled")
        }
        guard preprocessing.offset.count == width else {
            throw refusal(
                "raw", "cannot be applied: preprocess.json scales \(preprocessing.offset.count) columns, not \(width)")
        }
        var numbers = try CellConversion(type: .float64, path: path.text).numbers(cells)
        preprocessing.apply(to: &numbers)
        return numbers
    }

    /// Refuses a number of rows that the model's input does not have room for.
    private func checked(_ tensor: Tensor, rows: Int, _ field: String) throws -> Tensor {
        guard let input = card.signature.inputs.first(where: { $0.name == tensor.name }) else { return tensor }
        let wanted = input.isSingleRow ? 1 : input.shape[0]
        guard wanted < 0 || wanted == rows else {
            throw refusal(
                field, "has \(rows) rows; the model takes \(wanted == 1 ? "one" : "\(wanted)") at a time")
        }
        return tensor
    }

    private func refusal(_ path: String, _ message: String) -> SlipwayError {
        SlipwayError(
            .invalid, "The values do not fit the model.", faults: [FieldFault(path: path, message: message)])
    }
}

extension ModelCard {
    /// The inputs with their types and shapes, for messages.
    var inputList: String {
        signature.inputs.map { "\($0.name) (\($0.type.rawValue) \($0.shape))" }.joined(separator: ", ")
    }
}
