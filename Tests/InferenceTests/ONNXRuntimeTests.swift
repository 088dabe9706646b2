import Inference
import SlipwayCore
import Testing

@Suite("ONNX Runtime")
struct ONNXRuntimeTests {
    static let samples: [TensorValues] = [
        .bool([true, false, false, true]), .uint8([0, 1, 254, 255]), .uint16([0, 1, 2, .max]),
        .uint32([0, 1, 2, .max]), .uint64([0, 1, 2, .max]), .int8([.min, -1, 0, .max]), .int16([.min, -1, 0, .max]),
        .int32([.min, -1, 0, .max]), .int64([.min, -1, 0, .max]), .float16([0.5, -65504, .infinity, 1e-4]),
        .float32([0.1, -.infinity, 3.4e38, .leastNonzeroMagnitude]),
        .float64([0.1, .leastNonzeroMagnitude, -1e308, .infinity]),
        .string(["", "é😀", "a b", "日本"].map { Array($0.utf8) }),
    ]

    @Test("tells its version")
    func version() throws {
        #expect(try Runtime.engine().version().split(separator: ".").count == 3)
    }

    @Test("gives every element type back as it was sent", arguments: samples)
    func elementTypes(values: TensorValues) async throws {
        let model = try await Runtime.load(.identity(values.type))
        #expect(
            model.signature
                == ModelSignature(
                    inputs: [TensorSpecification(name: "x", type: values.type, shape: [-1, 2])],
                    outputs: [TensorSpecification(name: "y", type: values.type, shape: [-1, 2])]))
        let outputs = try model.infer([Tensor(name: "x", shape: [2, 2], values: values)], outputs: nil)
        #expect(outputs == [Tensor(name: "y", shape: [2, 2], values: values)])
    }

    @Test("computes with several inputs in any order and gives the outputs asked for, in that order")
    func arithmetic() async throws {
        let model = try await Runtime.load(.arithmetic)
        let inputs = [
            Tensor(name: "b", shape: [2, 2], values: .float32([1, 2, 3, 4])),
            Tensor(name: "a", shape: [2, 2], values: .float32([10, 20, 30, 40])),
        ]
        let sum = Tensor(name: "sum", shape: [2, 2], values: .float32([11, 22, 33, 44]))
        let product = Tensor(name: "product", shape: [2, 2], values: .float32([70, 100, 150, 220]))
        #expect(try model.infer(inputs, outputs: nil) == [sum, product])
        #expect(try model.infer(inputs, outputs: ["product", "sum"]) == [product, sum])
        #expect(try model.infer(inputs, outputs: ["sum"]) == [sum])
        #expect(try model.infer(inputs, outputs: []) == [])
    }

    @Test("takes tensors without elements and scalars", arguments: [([0, 2], 0), ([], 1)])
    func emptyAndScalar(shape: [Int], count: Int) async throws {
        for values: TensorValues in [
            .float32(.init(repeating: 7, count: count)), .string(.init(repeating: Array("s".utf8), count: count)),
        ] {
            let model = try await Runtime.load(.identity(values.type, shape: shape.isEmpty ? [] : [-1, 2]))
            let outputs = try model.infer([Tensor(name: "x", shape: shape, values: values)], outputs: nil)
            #expect(outputs == [Tensor(name: "y", shape: shape, values: values)])
        }
    }

    @Test(
        "turns a classifier's maps from labels to scores into one tensor",
        arguments: [ONNXModel.Attribute.integers([0, 1, 2]), .strings(["a", "b", "c"])])
    func labelMaps(labels: ONNXModel.Attribute) async throws {
        let model = try await Runtime.load(.labelMaps(labels: labels))
        #expect(
            model.signature.outputs[0]
                == TensorSpecification(name: "output_probability", type: .float32, shape: [-1, -1]))
        let scores = TensorValues.float32([0.1, 0.2, 0.7, 1, 0, 0])
        let outputs = try model.infer(
            [Tensor(name: "x", shape: [2, 3], values: scores)], outputs: ["output_probability"])
        let names = if case .strings(let names) = labels { names } else { ["0", "1", "2"] }
        #expect(outputs == [Tensor(name: "output_probability", shape: [2, 3], values: scores, labels: names)])
    }

    @Test("gives as many rows as the model does, also where it gives others than it is given")
    func otherRows() async throws {
        let model = try await Runtime.load(.twiceTheRows)
        for rows in [1, 3, 2] {
            let numbers = (0..<(rows * 2)).map(Float.init)
            let outputs = try model.infer(
                [Tensor(name: "x", shape: [rows, 2], values: .float32(numbers))], outputs: nil)
            #expect(
                outputs == [
                    Tensor(name: "y", shape: [rows * 2, 2], values: .float32(numbers + numbers)),
                    Tensor(name: "z", shape: [rows, 2], values: .float32(numbers)),
                ])
        }
    }

    @Test("takes an input whose shape the model does not tell", arguments: [[], [3], [1, 2, 2]])
    func anyRank(shape: [Int]) async throws {
        let model = try await Runtime.load(.anyRank)
        #expect(model.inputsOfAnyRank == ["x"])
        let values = TensorValues.float32(.init(repeating: 1, count: shape.reduce(1, *)))
        let outputs = try model.infer([Tensor(name: "x", shape: shape, values: values)], outputs: nil)
        #expect(outputs == [Tensor(name: "y", shape: shape, values: values)])
    }

    @Test("gives the model's own metadata")
    func metadata() async throws {
        var sample = ONNXModel.arithmetic
        sample.metadata = [("features", "a,b"), ("trained", "2024 – é"), ("empty", "")]
        #expect(
            try await Runtime.load(sample).metadata == ["features": "a,b", "trained": "2024 – é", "empty": ""])
        #expect(try await Runtime.load(.arithmetic).metadata == [:])
    }

    @Test("is run by several threads at once")
    func concurrency() async throws {
        let model = try await Runtime.load(.identity(.float32))
        try await withThrowingTaskGroup(of: (Int, [[Tensor]]).self) { group in
            for rows in 1...8 {
                group.addTask {
                    (rows, try (0..<200).map { _ in try model.infer([tensor("x", [rows, 2])], outputs: nil) })
                }
            }
            for try await (rows, outputs) in group {
                #expect(outputs.allSatisfy { $0 == [tensor("y", [rows, 2])] })
            }
        }
    }

    @Test("leaves outputs that make no tensor out of the signature, and says what to do when one is asked for")
    func otherOutputs() async throws {
        let model = try await Runtime.load(.sequence)
        #expect(model.signature.outputs.map(\.name) == ["y"])
        let input = Tensor(name: "x", shape: [1], values: .float32([1]))
        #expect(try model.infer([input], outputs: nil).map(\.name) == ["y"])
        let error = try #require(throws: InferenceError.self) { try model.infer([input], outputs: ["parts"]) }
        #expect(error.code == .unsupported)
        #expect(error.message.contains("zipmap"))
    }

    @Test(
        "refuses inputs that do not fit, with what would be right",
        arguments: [
            ([], "the input \"a\" is missing"),
            (
                [Tensor(name: "c", shape: [1], values: .float32([1]))],
                "no input \"c\"; its inputs are \"a\" (FP32 [-1, 2])"
            ),
            ([tensor("a", [1, 2]), tensor("a", [1, 2])], "\"a\" is given twice"),
            (
                [tensor("a", [1, 2]), Tensor(name: "b", shape: [2, 2], values: .float64([1, 2, 3, 4]))],
                "is FP64; the model wants FP32"
            ),
            (
                [tensor("a", [1, 3]), tensor("b", [2, 2])],
                "has the shape [1, 3]; the model wants [-1, 2], any size for -1"
            ),
            ([tensor("a", [2]), tensor("b", [2, 2])], "has the shape [2]; the model wants [-1, 2]"),
            ([tensor("a", [1, 2]), tensor("b", [3, 2])], "has the shape [3, 2]; the model wants [2, 2]"),
            (
                [Tensor(name: "a", shape: [3, 2], values: .float32([1])), tensor("b", [2, 2])],
                "has 1 elements; its shape [3, 2] wants 6"
            ),
            (
                [Tensor(name: "a", shape: [-3, 2], values: .float32([])), tensor("b", [2, 2])], "has the shape [-3, 2]"
            ),
        ])
    func wrongInputs(inputs: [Tensor], message: String) async throws {
        let model = try await Runtime.load(.arithmetic)
        let error = try #require(throws: InferenceError.self) { try model.infer(inputs, outputs: nil) }
        #expect(error.code == .invalidInput)
        #expect(error.message.contains(message), "\(error)")
    }

    @Test("refuses an unknown output, one asked for twice, and a string with a zero character")
    func otherRefusals() async throws {
        let model = try await Runtime.load(.identity(.string))
        let input = Tensor(name: "x", shape: [1, 2], values: .string(["a", "b\0c"].map { Array($0.utf8) }))
        #expect(
            try #require(throws: InferenceError.self) { try model.infer([input], outputs: nil) }.code == .invalidInput)
        let unknown = try #require(throws: InferenceError.self) { try model.infer([input], outputs: ["q"]) }
        #expect(unknown.message.contains("no output \"q\"; its outputs are \"y\""))
        let twice = try #require(throws: InferenceError.self) { try model.infer([input], outputs: ["y", "y"]) }
        #expect(twice.message.contains("\"y\" is asked for twice"))
    }

    @Test("reports what fails while a model runs, and runs on")
    func runtimeFailure() async throws {
        let model = try await Runtime.load(.reshape)
        func infer(_ shape: [Int64]) throws -> [Tensor] {
            try model.infer(
                [
                    Tensor(name: "x", shape: [4], values: .float32([1, 2, 3, 4])),
                    Tensor(name: "shape", shape: [2], values: .int64(shape)),
                ], outputs: nil)
        }
        #expect(try #require(throws: InferenceError.self) { try infer([3, 5]) }.code == .failed)
        #expect(try infer([2, 2]).first?.shape == [2, 2])
    }

    @Test("refuses broken models with an error, wherever they are cut or changed")
    func brokenModels() async throws {
        let engine = try Runtime.engine()
        let whole = ONNXModel.arithmetic.bytes
        var broken = stride(from: 0, to: whole.count, by: 7).map { Array(whole.prefix($0)) }
        broken.append(Array("this is no model".utf8))
        broken.append([UInt8](repeating: 0xFF, count: 4096))
        broken.append(ONNXModel.nested(3000))
        try await Runtime.withFolder { folder in
            for (number, bytes) in broken.enumerated() {
                let path = try Runtime.write(bytes, to: "\(folder)/\(number).onnx")
                let error = try #require(throws: InferenceError.self) {
                    try engine.load(LoadableModel(path: path, platform: ""), parameters: ModelParameters())
                }
                #expect(error.code == .loadFailed || error.code == .unsupported, "\(error)")
            }
            let absent = try #require(throws: InferenceError.self) {
                try engine.load(
                    LoadableModel(path: folder + "/absent.onnx", platform: ""), parameters: ModelParameters())
            }
            #expect(absent.message.contains("absent.onnx"))
        }
    }

    @Test("survives every change of one byte of a model")
    func changedModels() async throws {
        let engine = try Runtime.engine()
        let whole = ONNXModel.arithmetic.bytes
        var loaded = 0
        try await Runtime.withFolder { folder in
            for (position, change) in whole.indices.flatMap({ index in [0x01, 0x10, 0xFF as UInt8].map { (index, $0) } }
            ) {
                var bytes = whole
                bytes[position] ^= change
                let path = try Runtime.write(bytes, to: folder + "/model.onnx")
                do {
                    let model = try engine.load(
                        LoadableModel(path: path, platform: ""), parameters: ModelParameters())
                    loaded += 1
                    _ = try? model.infer([tensor("a", [1, 2]), tensor("b", [2, 2])], outputs: nil)
                } catch let error as InferenceError {
                    #expect(error.code == .loadFailed || error.code == .unsupported, "\(error)")
                }
            }
        }
        #expect(loaded > 0 && loaded < whole.count * 3)
    }

    @Test(
        "that is not there is reported with the way to get it",
        arguments: ["/nowhere/libonnxruntime.so", "/usr", "/etc/passwd"])
    func missingLibrary(path: String) throws {
        let error = try #require(throws: InferenceError.self) { try ONNXRuntimeEngine(libraryPath: path).version() }
        #expect(error.code == .runtimeMissing)
        for hint in ["pip download", "SLIPWAY_ONNXRUNTIME", "runtimes.onnxruntime", path] {
            #expect(error.message.contains(hint), "\(error)")
        }
    }
}

private func tensor(_ name: String, _ shape: [Int]) -> Tensor {
    Tensor(name: name, shape: shape, values: .float32(.init(repeating: 1, count: shape.reduce(1, *))))
}
