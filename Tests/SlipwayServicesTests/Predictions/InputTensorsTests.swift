import Inference
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Rows become tensors")
struct InputTensorsTests {
    private func tensors(
        _ card: ModelCard, _ table: PredictionTable, names: [String]? = nil, isRaw: Bool = false
    ) throws -> [Tensor] {
        try InputTensors(card).tensors(of: PredictionRequest(.rows(table, names: names), isRaw: isRaw))
    }

    private func faults(
        _ card: ModelCard, _ table: PredictionTable, names: [String]? = nil, isRaw: Bool = false
    ) -> [String] {
        let error = #expect(throws: SlipwayError.self) {
            try tensors(card, table, names: names, isRaw: isRaw)
        }
        #expect(error?.code == .invalid)
        return error?.faults.map(\.description) ?? []
    }

    @Test(
        "The signature gives elements their type and rows their shape",
        arguments: [
            (ElementType.float32, [-1, 2], TensorValues.float32([1, 2, 3, 4]), [2, 2]),
            (.float64, [2, 2], .float64([1, 2, 3, 4]), [2, 2]), (.float16, [-1, -1], .float16([1, 2, 3, 4]), [2, 2]),
            (.int64, [-1, 2], .int64([1, 2, 3, 4]), [2, 2]), (.uint8, [-1, 2, 1], .uint8([1, 2, 3, 4]), [2, 2, 1]),
            (.int32, [-1, 1, -1], .int32([1, 2, 3, 4]), [2, 1, 2]),
        ])
    func types(type: ElementType, shape: [Int], values: TensorValues, wanted: [Int]) throws {
        let tensor = try #require(try tensors(.one(type, shape), .rows([[1, 2], [3, 4]])).first)
        #expect(tensor == Tensor(name: "x", shape: wanted, values: values))
    }

    @Test("A flat list is one row, or a value for each of many rows")
    func flat() throws {
        let flat = PredictionTable(row: [1, 2, 3])
        #expect(try tensors(.table, flat)[0].shape == [1, 3])
        #expect(try tensors(.one(.float32, [-1, 1]), flat)[0].shape == [3, 1])
        #expect(try tensors(.one(.float32, [-1]), flat)[0].shape == [3])
        #expect(try tensors(.one(.float32, [3]), flat)[0].shape == [3])
        #expect(try tensors(.one(.float32, []), PredictionTable(row: [1]))[0].shape == [])
    }

    @Test("Nested arrays keep their shape, and what does not fit it is refused")
    func nested() throws {
        let table = PredictionTable(.numbers([1, 2, 3, 4, 5, 6]), rowCount: 1, rowShape: [3, 2])
        #expect(try tensors(.one(.float32, [-1, -1, -1]), table)[0].shape == [1, 3, 2])
        #expect(faults(.one(.float32, [-1, 2, 3]), table)[0].hasPrefix("rows[0]: has the shape [3, 2]"))
        #expect(faults(.one(.float32, [-1, -1, -1]), .rows([[1, 2]]))[0].contains("nested arrays"))
    }

    @Test("A row of a wrong length is named, with the columns that are wanted")
    func width() {
        #expect(faults(.named, .rows([[1, 2]])) == ["rows[0]: has 2 values; the model wants 3: a, b, c"])
        var odd = PredictionTable.rows([[1, 2, 3]])
        odd.oddRow = PredictionTable.OddRow(row: 4, count: 1)
        #expect(faults(.named, odd) == ["rows[4]: has 1 value; the model wants 3: a, b, c"])
        // A mixed table with a short row never gets as far as its cells.
        var mixed = PredictionTable(.values([.bool(true), .number(1)]), rowCount: 2, rowShape: [3])
        mixed.oddRow = PredictionTable.OddRow(row: 1, count: 1)
        #expect(faults(.named, mixed, names: ["a", "b", "c"])[0].hasPrefix("rows[1]: has 1 value"))
        #expect(faults(.named, .rows([]))[0].contains("no rows"))
        #expect(
            faults(.one(.float32, [1, 2]), .rows([[1, 2], [3, 4]]))[0].contains("has 2 rows; the model takes one"))
    }

    @Test("Names are put in the model's order")
    func order() throws {
        let tensor = try tensors(.named, .rows([[3, 1, 2], [6, 4, 5]]), names: ["c", "a", "b"])[0]
        #expect(tensor.values == .float32([1, 2, 3, 4, 5, 6]))
        let same = try tensors(.named, .rows([[1, 2, 3]]), names: ["a", "b", "c"])[0]
        #expect(same.values == .float32([1, 2, 3]))
        // A model without names takes the caller's order.
        #expect(try tensors(.table, .rows([[3, 1, 2]]), names: ["c", "a", "b"])[0].values == .float32([3, 1, 2]))
    }

    @Test("Missing, unknown and doubled names are listed, with what was meant")
    func wrongNames() {
        let found = faults(.named, .rows([[1, 2, 3]]), names: ["a", "B2", "c"])
        #expect(
            found == [
                "rows: lacks b, which the model wants", "rows: is none of the model's columns; did you mean “b”?",
            ])
        #expect(faults(.named, .rows([[1, 2]]), names: ["a", "b"])[0].contains("lacks c"))
        #expect(faults(.named, .rows([[1, 2, 3]]), names: ["a", "b"])[0].contains("2 names for 3 values"))
        #expect(faults(.table, .rows([[1, 2, 3]]), names: ["a"])[0].contains("1 names for 3 values"))
        #expect(faults(.named, .rows([[1, 2, 3]]), names: ["a", "a", "b"])[0].contains("stands twice"))
        let holes = PredictionTable(
            .values([.number(1), .number(2), .number(3), .number(4), .absent, .absent]), rowCount: 2, rowShape: [3])
        #expect(faults(.named, holes, names: ["a", "b", "c"]) == ["rows[1]: lacks b, c"])
        #expect(faults(.table, holes, names: ["a", "b", "c"]) == ["rows[1]: lacks b, c"])
        let extra = PredictionTable(
            .values([.number(1), .absent, .number(3), .number(9)]), rowCount: 2, rowShape: [2])
        #expect(
            faults(
                .of([TensorSpecification(name: "x", type: .float32, shape: [-1, 1])], features: ["a"]), extra,
                names: ["a", "z"])
                == ["rows[1]: is none of the model's columns"])
    }

    @Test(
        "A value that does not fit its type is named by its place",
        arguments: [
            (ElementType.int64, PredictionTable.Cells.numbers([1, 2, 3, 1.5]), "rows[1][1]: must be a whole number"),
            (.uint8, .numbers([0, 255, 256, 1]), "rows[1][0]: must be a whole number from 0 on that fits 8 bits"),
            (.int8, .numbers([0, -129, 1, 1]), "rows[0][1]"), (.int32, .numbers([1, .nan, 1, 1]), "not null"),
            (.float32, .numbers([1, 2, 3, 1e39]), "rows[1][1]: must be a number that fits 32 bits"),
            (.float16, .numbers([1, 70_000, 1, 1]), "rows[0][1]"),
            (.float32, .values([.number(1), .string("x"), .number(1), .number(1)]), "not the text “x”"),
            (.float32, .values([.number(1), .bool(true), .number(1), .number(1)]), "not true"),
            (.string, .numbers([1, 2, 3, 4]), "rows[0][0]: must be text (BYTES), not 1"),
            (.bool, .numbers([1, 0, 1, 2]), "rows[1][1]: must be true or false"),
            (.int64, .values([.unsigned(1 << 63), .number(1), .number(1), .number(1)]), "not 9223372036854775808"),
        ])
    func wrongValues(type: ElementType, cells: PredictionTable.Cells, message: String) {
        let table = PredictionTable(cells, rowCount: 2, rowShape: [2])
        #expect(faults(.one(type, [-1, 2]), table)[0].contains(message))
    }

    @Test("Whole numbers keep all their digits, infinity and NaN stay, and text is text")
    func exactValues() throws {
        let long = PredictionTable(
            .values([.integer(.max), .integer(.min)]), rowCount: 1, rowShape: [2], isFlat: true)
        #expect(try tensors(.one(.int64, [-1, 2]), long)[0].values == .int64([.max, .min]))
        let unsigned = PredictionTable(.values([.unsigned(.max), .number(1)]), rowCount: 1, rowShape: [2])
        #expect(try tensors(.one(.uint64, [-1, 2]), unsigned)[0].values == .uint64([.max, 1]))
        guard case .float32(let values) = try tensors(.one(.float32, [-1, 2]), .rows([[.infinity, .nan]]))[0].values
        else {
            Issue.record("no float32")
            return
        }
        #expect(values[0] == .infinity && values[1].isNaN)
        let text = PredictionTable(.values([.string("a"), .text("1")]), rowCount: 1, rowShape: [2])
        #expect(try tensors(.one(.string, [-1, 2]), text)[0].values == .string([[97], [49]]))
        let cells = PredictionTable(.values([.text("1"), .text(" 2.5 ")]), rowCount: 1, rowShape: [2])
        #expect(throws: SlipwayError.self) { try tensors(.one(.int64, [-1, 2]), cells) }
        let bools = PredictionTable(.values([.bool(true), .text("False")]), rowCount: 1, rowShape: [2])
        #expect(try tensors(.one(.bool, [-1, 2]), bools)[0].values == .bool([true, false]))
    }

    @Test("Raw values are scaled as in the training, in the model's order")
    func raw() throws {
        let card = ModelCard.of(
            [TensorSpecification(name: "x", type: .float32, shape: [-1, 3])], features: ["a", "b", "c"],
            preprocessing: Preprocessing(
                features: ["a", "b", "c"], offset: [1, 2, 3], factor: [10, 100, 1000], nan: 0))
        let tensor = try tensors(card, .rows([[4, 2, 3], [.nan, 1, 2]]), names: ["c", "a", "b"], isRaw: true)[0]
        #expect(tensor.values == .float32([10, 100, 1000, 0, 0, 0]))
        #expect(faults(.table, .rows([[1, 2, 3]]), isRaw: true)[0].contains("no preprocess.json"))
    }

    @Test("Raw lists that are shorter than the model's, or not there, leave the columns behind them without a number")
    func rawLists() throws {
        let features = ["met", "jet_0", "jet_1"]
        let card = ModelCard.of(
            [TensorSpecification(name: "x", type: .float32, shape: [-1, 3])], features: features,
            preprocessing: Preprocessing(
                features: features, offset: [0, 1, 1], factor: [1, 2, 2], nan: 0, jagged: ["jet": 2]))
        let table = PredictionTable(
            .values([.number(5), .number(3), .number(6), .absent]), rowCount: 2, rowShape: [2])
        #expect(
            try tensors(card, table, names: ["met", "jet_0"], isRaw: true)[0].values == .float32([5, 4, 0, 6, 0, 0]))
        let bare = try tensors(card, .rows([[7]]), names: ["met"], isRaw: true)[0]
        #expect(bare.values == .float32([7, 0, 0]))
        let truth = PredictionTable(.values([.bool(true)]), rowCount: 1, rowShape: [1])
        #expect(try tensors(card, truth, names: ["met"], isRaw: true)[0].values == .float32([1, 0, 0]))
        // What is no list must be there, and so must all where values come scaled.
        #expect(faults(card, .rows([[3]]), names: ["jet_0"], isRaw: true)[0].contains("lacks met"))
        #expect(faults(card, table, names: ["met", "jet_0"])[0].contains("lacks jet_1"))
        #expect(
            faults(card, .rows([[1, 2]]), names: ["met", "jet_2"], isRaw: true)[0].contains("none of the model's"))
    }

    @Test("A model with an input for each column takes rows, names and its own types")
    func columns() throws {
        let card = ModelCard.of(
            [
                TensorSpecification(name: "age", type: .int64, shape: [-1, 1]),
                TensorSpecification(name: "sex", type: .string, shape: [-1, 1]),
            ], features: ["age", "sex"])
        let table = PredictionTable(
            .values([.string("f"), .number(30), .string("m"), .number(41)]), rowCount: 2, rowShape: [2])
        let found = try tensors(card, table, names: ["sex", "age"])
        #expect(found[0] == Tensor(name: "age", shape: [2, 1], values: .int64([30, 41])))
        #expect(found[1] == Tensor(name: "sex", shape: [2, 1], values: .string([[102], [109]])))
        let wrong = PredictionTable(.values([.string("f"), .number(30.5)]), rowCount: 1, rowShape: [2])
        #expect(faults(card, wrong, names: ["sex", "age"])[0].hasPrefix("rows[0].age: must be a whole number"))
    }

    @Test("Several inputs take their rows by name")
    func inputs() throws {
        let card = ModelCard.of([
            TensorSpecification(name: "left", type: .float32, shape: [-1, 2]),
            TensorSpecification(name: "right", type: .int64, shape: [-1]),
        ])
        let request = PredictionRequest(
            .inputs([
                .init(name: "right", table: PredictionTable(row: [1, 2])),
                .init(name: "left", table: .rows([[1, 2], [3, 4]])),
            ]))
        let found = try InputTensors(card).tensors(of: request)
        #expect(found.map(\.name) == ["right", "left"])
        #expect(found[0].shape == [2])
        #expect(faults(card, .rows([[1, 2]]))[0].contains("give “inputs”"))
        let misspelled = PredictionRequest(.inputs([.init(name: "rigth", table: PredictionTable(row: [1]))]))
        let error = #expect(throws: SlipwayError.self) { try InputTensors(card).tensors(of: misspelled) }
        #expect(error?.faults.first?.description.contains("did you mean “right”?") == true)
    }
}
