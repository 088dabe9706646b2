import Inference
import SlipwayCore
import Testing

@Suite("Golden samples")
struct GoldenTests {
    private func read(_ text: String, _ signature: ModelSignature = .table) throws -> GoldenSample? {
        try CompanionFolder(["golden.json": text]).companions(signature).golden
    }

    private let wanted = GoldenSample(
        inputs: [Tensor(name: "x", shape: [2, 3], values: .float32([1, 2, 3, 4, 5, 6]))],
        outputs: [Tensor(name: "y", shape: [2, 2], values: .float32([0, 0.5, 1, 1.5]))], tolerance: 0.01)

    @Test("The protocol's form and values by name mean the same")
    func forms() throws {
        let tensors = #"""
            {"inputs": [{"name": "x", "shape": [2, 3], "datatype": "FP32", "data": [1, 2, 3, 4, 5, 6]}],
             "outputs": [{"name": "y", "shape": [2, 2], "datatype": "FP32", "data": [[0, 0.5], [1, 1.5]]}],
             "tolerance": 0.01, "note": "others' members"}
            """#
        let named = #"""
            {"inputs": {"x": [[1, 2, 3], [4, 5, 6]]}, "outputs": {"y": [[0, 0.5], [1, 1.5]]}, "tolerance": 0.01}
            """#
        #expect(try read(tensors) == wanted)
        #expect(try read(named) == wanted)
        #expect(try CompanionFolder([:]).companions().golden == nil)
    }

    @Test("Elements have the signature's types, NaN as Python writes it too")
    func types() throws {
        let signature = ModelSignature(
            inputs: [
                TensorSpecification(name: "s", type: .string, shape: [-1]),
                TensorSpecification(name: "b", type: .bool, shape: [2]),
                TensorSpecification(name: "i", type: .int64, shape: []),
            ], outputs: [TensorSpecification(name: "d", type: .float64, shape: [-1, 1, 1])])
        let text = #"""
            {"inputs": {"s": ["a", "é"], "b": [true, false], "i": 9223372036854775807}, "outputs": {"d": [[[NaN]]]}}
            """#
        let golden = try #require(try read(text, signature))
        let inputs = Dictionary(uniqueKeysWithValues: golden.inputs.map { ($0.name, $0.values) })
        #expect(inputs["s"] == .string([Array("a".utf8), Array("é".utf8)]))
        #expect(inputs["b"] == .bool([true, false]))
        #expect(inputs["i"] == .int64([.max]))
        guard case .float64(let values) = golden.outputs[0].values else {
            Issue.record("the output is \(golden.outputs[0].type)")
            return
        }
        #expect(values.count == 1 && values[0].isNaN)
        #expect(golden.outputs[0].shape == [1, 1, 1])
        #expect(golden.tolerance == 1e-4)
    }

    @Test(
        "What does not fit the model is an error that names the member",
        arguments: [
            (#"{"inputs": {"x": [[1, 2]]}, "outputs": {"y": [[1, 2]]}}"#, "inputs.x"),
            (#"{"inputs": {"x": [[1, 2, 3], [1]]}, "outputs": {"y": [[1, 2]]}}"#, "differ in length"),
            (#"{"inputs": {"z": [[1, 2, 3]]}, "outputs": {"y": [[1, 2]]}}"#, #"no "z""#),
            (#"{"inputs": {}, "outputs": {"y": [[1, 2]]}}"#, "inputs are x"),
            (#"{"inputs": {"x": [[1, 2, 3]]}, "outputs": {}}"#, "at least one output"),
            (#"{"inputs": {"x": [[1, 2, "3"]]}, "outputs": {"y": [[1, 2]]}}"#, "inputs.x"),
            (
                #"{"inputs": [{"name": "x", "shape": [1, 3], "datatype": "INT64", "data": [1, 2, 3]}], "outputs": {}}"#,
                "FP32"
            ),
            (
                #"{"inputs": [{"name": "x", "shape": [4611686018427387904, 4], "data": []}], "outputs": {}}"#,
                "do not fit"
            ),
            (#"{"inputs": {"x": [[1, 2, 3]]}, "outputs": {"y": [[1, 2]]}, "tolerance": -1}"#, "tolerance"),
            (#"{"outputs": {}}"#, #"no member "inputs""#),
        ])
    func refused(text: String, message: String) throws {
        let error = #expect(throws: InferenceError.self) { try read(text) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("golden.json") == true)
    }
}
