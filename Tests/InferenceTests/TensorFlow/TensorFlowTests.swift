import Foundation
import Inference
import SlipwayCore
import Testing

@Suite("TensorFlow", .tensorFlowModels)
struct TensorFlowTests {
    @Test("tells its version")
    func version() throws {
        #expect(try TensorFlowModels.engine().version().split(separator: ".").count >= 3)
    }

    @Test(
        "answers as TensorFlow does in Python, with the signature's names in order",
        arguments: ["keras3", "keras2", "two_ways", "tf1", "frozen", "frozen_parts"])
    func sameAnswers(name: String) throws {
        let answers = try TensorFlowAnswers(of: name)
        let model = try TensorFlowModels.load(name)
        let outputs = try model.infer(answers.tensors, outputs: nil)
        #expect(outputs.map(\.name) == answers.outputs.map(\.name))
        #expect(model.signature.outputs.map(\.name) == answers.outputs.map(\.name))
        for (output, right) in zip(outputs, answers.outputs) {
            guard case .float32(let values) = output.values else {
                Issue.record("\(output.name) is \(output.type)")
                continue
            }
            #expect(output.shape == right.shape)
            #expect(zip(values, right.values).allSatisfy { abs($0 - $1) < 1e-5 }, "\(values) \(right.values)")
        }
        if let last = answers.outputs.last {
            #expect(try model.infer(answers.tensors, outputs: [last.name]) == outputs.suffix(1))
        }
        #expect(try model.infer(answers.tensors, outputs: []) == [])
    }

    @Test("reads the signature from the model")
    func signature() throws {
        let model = try TensorFlowModels.load("two_ways")
        #expect(
            model.signature
                == ModelSignature(
                    inputs: ["left", "right"].map { TensorSpecification(name: $0, type: .float32, shape: [-1, 4]) },
                    outputs: [
                        TensorSpecification(name: "classes", type: .float32, shape: [-1, 3]),
                        TensorSpecification(name: "sum", type: .float32, shape: [-1, 1]),
                    ]))
        #expect(model.metadata == ["signature_name": "serving_default"])
    }

    @Test("gives every element type back as it was sent, and a scalar")
    func elementTypes() throws {
        let model = try TensorFlowModels.load("types")
        let samples: [TensorValues] =
            ONNXRuntimeTests.samples.filter { $0.type != .string } + [
                // Short strings lie in TensorFlow's own structure, long ones outside it; zero bytes are allowed.
                .string([[], Array("é😀".utf8), [UInt8](repeating: 0x61, count: 5000), [1, 0, 2]])
            ]
        let inputs = samples.map { Tensor(name: Self.name($0.type), shape: [2, 2], values: $0) }
        let outputs = try model.infer(
            inputs + [Tensor(name: "scalar", shape: [], values: .float32([21]))], outputs: nil)
        for input in inputs {
            #expect(
                outputs.contains(Tensor(name: "same_" + input.name, shape: [2, 2], values: input.values)),
                "\(input.name)")
        }
        #expect(outputs.last == Tensor(name: "twice", shape: [], values: .float32([42])))
        #expect(outputs.count == 14)
    }

    @Test("takes tensors without elements")
    func empty() throws {
        let model = try TensorFlowModels.load("types")
        var inputs = ONNXRuntimeTests.samples.map { values in
            Tensor(name: Self.name(values.type), shape: [0, 2], values: values.empty)
        }
        inputs.append(Tensor(name: "scalar", shape: [], values: .float32([1])))
        let outputs = try model.infer(inputs, outputs: ["same_float64", "same_string"])
        #expect(outputs.map(\.shape) == [[0, 2], [0, 2]])
        #expect(outputs.map(\.values.count) == [0, 0])
    }

    @Test("takes an input of any rank where the model does")
    func anyRank() throws {
        let model = try TensorFlowModels.load("any_rank")
        for shape in [[], [2], [1, 2, 1]] {
            let count = shape.reduce(1, *)
            let outputs = try model.infer(
                [Tensor(name: "x", shape: shape, values: .float32(.init(repeating: 1, count: count)))], outputs: nil)
            #expect(
                outputs == [Tensor(name: "y", shape: shape, values: .float32(.init(repeating: 2, count: count)))])
        }
        let wrong = Tensor(name: "x", shape: [3], values: .float32([1]))
        #expect(throws: InferenceError.self) { try model.infer([wrong], outputs: nil) }
    }

    @Test("lets a model keep what it was fed beyond the request")
    func memory() throws {
        let model = try TensorFlowModels.load("memory")
        let long = [UInt8](repeating: 0x62, count: 4000)
        func infer(_ value: Float) throws -> [Tensor] {
            try model.infer(
                [
                    Tensor(name: "x", shape: [256], values: .float32(.init(repeating: value, count: 256))),
                    Tensor(name: "s", shape: [2], values: .string([Array("\(value)".utf8), long])),
                ], outputs: ["before", "said"])
        }
        _ = try infer(1)
        for value in 2..<50 {
            let outputs = try infer(Float(value))
            #expect(outputs[0].values == .float32(.init(repeating: Float(value - 1), count: 256)))
            #expect(outputs[1].values == .string([Array("\(Float(value - 1))".utf8), long]))
        }
    }

    @Test("reads the assets of a model")
    func assets() throws {
        let words = ["white", "blue", "red"].map { Array($0.utf8) }
        let outputs = try TensorFlowModels.load("table").infer(
            [Tensor(name: "word", shape: [3], values: .string(words))], outputs: nil)
        #expect(outputs == [Tensor(name: "number", shape: [3], values: .int64([1, -1, 0]))])
    }

    @Test("serves the only signature under whatever name, and lists them where there are several or none")
    func signatureNames() throws {
        #expect(try TensorFlowModels.load("one_name").metadata["signature_name"] == "mine")
        for (name, message) in [("two_names", "it has once, twice"), ("no_name", "it has none")] {
            let error = try #require(throws: InferenceError.self) { try TensorFlowModels.load(name) }
            #expect(error.code == .unsupported)
            #expect(error.message.contains(message) && error.message.contains("model.export"), "\(error)")
        }
    }

    @Test("takes a frozen graph's nodes from params.json, and lists the nodes where the name is wrong")
    func frozenNodes() throws {
        let answers = try TensorFlowAnswers(of: "frozen")
        var parameters = ModelParameters()
        parameters.inputNode = "features:0"
        parameters.outputNode = "MatMul, probabilities"
        let model = try TensorFlowModels.load("frozen", parameters: parameters)
        #expect(model.signature.inputs == [TensorSpecification(name: "features:0", type: .float32, shape: [-1, 4])])
        #expect(model.signature.outputs.map(\.name) == ["MatMul", "probabilities"])
        let input = Tensor(name: "features:0", shape: [3, 4], values: answers.tensors[0].values)
        #expect(try model.infer([input], outputs: ["MatMul"]).map(\.shape) == [[3, 2]])

        parameters.outputNode = "probabilitys"
        let error = try #require(throws: InferenceError.self) {
            try TensorFlowModels.load("frozen", parameters: parameters)
        }
        #expect(error.code == .loadFailed)
        for hint in ["\"probabilitys\"", "outputNode", "\"probabilities\" (Softmax)", "\"features\" (Placeholder)"] {
            #expect(error.message.contains(hint), "\(error)")
        }
    }

    @Test("refuses inputs that do not fit")
    func wrongInputs() throws {
        let model = try TensorFlowModels.load("keras3")
        for input in [
            Tensor(name: "keras_tensor", shape: [1, 3], values: .float32([1, 2, 3])),
            Tensor(name: "keras_tensor", shape: [1, 4], values: .float64([1, 2, 3, 4])),
            Tensor(name: "x", shape: [1, 4], values: .float32([1, 2, 3, 4])),
        ] {
            #expect(
                try #require(throws: InferenceError.self) { try model.infer([input], outputs: nil) }.code
                    == .invalidInput)
        }
    }

    @Test("reports what fails while a model runs, and runs on")
    func runtimeFailure() throws {
        let model = try TensorFlowModels.load("fails")
        func infer(_ count: Int) throws -> [Tensor] {
            try model.infer(
                [Tensor(name: "x", shape: [count], values: .float32(.init(repeating: 1, count: count)))], outputs: nil)
        }
        #expect(try #require(throws: InferenceError.self) { try infer(4) }.code == .failed)
        #expect(try infer(15).first?.shape == [3, 5])
    }

    @Test("is run by several threads at once")
    func concurrency() async throws {
        let answers = try TensorFlowAnswers(of: "frozen_parts")
        let model = try TensorFlowModels.load("frozen_parts")
        let right = try model.infer(answers.tensors, outputs: nil)
        try await withThrowingTaskGroup(of: [[Tensor]].self) { group in
            for _ in 0..<8 {
                group.addTask { try (0..<100).map { _ in try model.infer(answers.tensors, outputs: nil) } }
            }
            for try await outputs in group { #expect(outputs.allSatisfy { $0 == right }) }
        }
    }

    private static func name(_ type: ElementType) -> String {
        switch type {
        case .float16: "float16"
        case .float32: "float32"
        case .float64: "float64"
        case .string: "string"
        default: type.rawValue.lowercased()
        }
    }
}

extension TensorValues {
    /// The same type, no elements.
    fileprivate var empty: TensorValues {
        switch self {
        case .bool: .bool([])
        case .uint8: .uint8([])
        case .uint16: .uint16([])
        case .uint32: .uint32([])
        case .uint64: .uint64([])
        case .int8: .int8([])
        case .int16: .int16([])
        case .int32: .int32([])
        case .int64: .int64([])
        case .float16: .float16([])
        case .float32: .float32([])
        case .float64: .float64([])
        case .string: .string([])
        }
    }
}
