import SlipwayCore
import Testing

@testable import Inference

@Suite("Rows of several requests")
struct BatchTests {
    private static let samples: [TensorValues] = [
        .bool([true, false, true, true]), .uint8([1, 2, 3, 4]), .uint16([1, 2, 3, 4]), .uint32([1, 2, 3, 4]),
        .uint64([1, 2, 3, 4]), .int8([1, -2, 3, 4]), .int16([1, 2, -3, 4]), .int32([1, 2, 3, -4]),
        .int64([-1, 2, 3, 4]), .float16([1, 2, 3, 4]), .float32([1, 2, 3, 4]), .float64([1, 2, 3, 4]),
        .string([[1], [], [2, 3], [4]]),
    ]

    @Test("come apart as they went together, whatever their type", arguments: samples)
    func roundTrip(values: TensorValues) throws {
        let first = Tensor(name: "x", shape: [1, 2], values: values.elements(0..<2))
        let second = Tensor(name: "x", shape: [1, 2], values: values.elements(2..<4))
        let both = Batch.joined([[first], [second], [first]])
        #expect(both.map(\.shape) == [[3, 2]])
        #expect(both[0].values.elements(0..<4) == values)
        #expect(both[0].type == values.type)
        #expect(Batch.split(both, rows: [1, 1, 1]) == [[first], [second], [first]])
        #expect(Batch.split(both, rows: [1, 2])?[1].map(\.shape) == [[2, 2]])
        #expect(Batch.split(both, rows: [1, 1]) == nil)
    }

    @Test(
        "are counted where all tensors agree",
        arguments: [
            ([[3, 2]], 3), ([[3, 2], [3]], 3), ([[3], [2]], 0), ([[]], 0), ([[0, 4]], 0), ([], 0),
            ([[2, 1], []], 0),
        ] as [([[Int]], Int)])
    func counting(shapes: [[Int]], rows: Int) {
        let tensors = shapes.map { shape in
            Tensor(name: "x", shape: shape, values: .uint8(Array(repeating: 0, count: shape.reduce(1, *))))
        }
        #expect(Batch.rows(of: tensors) == rows)
    }

    @Test(
        "go together where types and inner shapes are the same",
        arguments: [
            (TensorValues.float32([1, 2]), [1, 2], true), (.float32([1, 2, 3, 4]), [2, 2], true),
            (.float32([1, 2]), [2, 1], false), (.float32([1, 2]), [2], false), (.float64([1, 2]), [1, 2], false),
        ])
    func forms(values: TensorValues, shape: [Int], fits: Bool) {
        let one = [Tensor(name: "x", shape: [1, 2], values: .float32([5, 6]))]
        #expect(Batch.haveSameRows(one, [Tensor(name: "x", shape: shape, values: values)]) == fits)
    }

    /// Models and whether their rows are independent.
    private static let models: [(String, Bool, @Sendable ([Tensor]) throws -> [Tensor])] = [
        ("doubles", true, { StandInEngine.double($0) }),
        (
            "adds the mean of all rows, scaled down", false,
            { inputs in
                guard case .float32(let values) = inputs[0].values else { return [] }
                let mean = values.reduce(0, +) / Float(values.count)
                return [
                    Tensor(name: "y", shape: inputs[0].shape, values: .float32(values.map { ($0 + mean) * 1e-6 }))
                ]
            }
        ),
        (
            "adds the row's number", false,
            { inputs in
                guard case .float32(let values) = inputs[0].values else { return [] }
                let sums = values.enumerated().map { $1 + Float($0 / 2) }
                return [Tensor(name: "y", shape: inputs[0].shape, values: .float32(sums))]
            }
        ),
        ("gives one row for all", false, { _ in [Tensor(name: "y", shape: [1, 2], values: .float32([1, 2]))] }),
        (
            "fails on several rows", false,
            { inputs in
                if inputs[0].shape[0] > 1 { throw InferenceError(.failed, "one at a time") }
                return inputs
            }
        ),
    ]

    @Test("are found to be independent or not", arguments: models.indices)
    func probe(index: Int) throws {
        let (name, isIndependent, run) = Self.models[index]
        #expect(
            RowProbe(model: try model(run), golden: nil).isRowIndependent() == isIndependent, "a model that \(name)")
    }

    @Test("are never independent where a dimension is fixed or the rank is unknown, or text is made up")
    func neverProbed() throws {
        let fixed = try model(
            StandInEngine.double, inputs: [TensorSpecification(name: "x", type: .float32, shape: [1, 2])])
        #expect(!RowProbe(model: fixed, golden: nil).isRowIndependent())
        let text = try model(
            { [Tensor(name: "y", shape: $0[0].shape, values: $0[0].values)] },
            inputs: [TensorSpecification(name: "x", type: .string, shape: [-1, 2])])
        #expect(!RowProbe(model: text, golden: nil).isRowIndependent())
        let words = Tensor(name: "x", shape: [2, 2], values: .string([[1], [2], [3], [4]]))
        let golden = GoldenSample(inputs: [words], outputs: [])
        #expect(RowProbe(model: text, golden: golden).isRowIndependent())
    }

    private func model(
        _ run: @escaping @Sendable ([Tensor]) throws -> [Tensor],
        inputs: [TensorSpecification] = [TensorSpecification(name: "x", type: .float32, shape: [-1, 2])]
    ) throws -> any LoadedModel {
        let outputs = [TensorSpecification(name: "y", type: .float32, shape: [-1, 2])]
        return ClosureModel(signature: ModelSignature(inputs: inputs, outputs: outputs), run: run)
    }
}

private struct ClosureModel: LoadedModel {
    let signature: ModelSignature
    let run: @Sendable ([Tensor]) throws -> [Tensor]

    func infer(_ inputs: [Tensor], outputs: [String]?) throws -> [Tensor] { try run(inputs) }
}
