import NIOCore
import OpenInference
import Testing

@Suite("TensorFlow Serving's JSON")
struct TensorFlowServingTests {
    private static let one = [TensorMetadata(name: "x", datatype: .fp32, shape: [-1, 2])]
    private static let scalar = [TensorMetadata(name: "x", datatype: .fp32, shape: [-1])]
    private static let text = [TensorMetadata(name: "x", datatype: .bytes, shape: [-1])]
    private static let two = [
        TensorMetadata(name: "a", datatype: .int64, shape: [-1]),
        TensorMetadata(name: "b", datatype: .fp64, shape: [-1, 2]),
    ]

    @Test(
        "gives tensors by rows or by columns",
        arguments: [
            (#"{"instances": [1.0, 2, 5e0]}"#, scalar, [([3], TensorData.fp32([1, 2, 5]))]),
            (#"{"instances": [[1, 2], [3, 4], [5, 6]]}"#, one, [([3, 2], .fp32([1, 2, 3, 4, 5, 6]))]),
            (#"{"instances": [{"x": [1, 2]}], "signature_name": "serving_default"}"#, one, [([1, 2], .fp32([1, 2]))]),
            (#"{"signature_name": "", "instances": [[[1], [2]]]}"#, one, [([1, 2, 1], .fp32([1, 2]))]),
            (#"{"inputs": [[1, NaN]], "other": 1}"#, one, [([1, 2], .fp32([1, .nan]))]),
            (#"{"inputs": {"x": [[1, 2]]}}"#, one, [([1, 2], .fp32([1, 2]))]),
            (#"{"inputs": 7}"#, scalar, [([], .fp32([7]))]), (#"{"inputs": []}"#, scalar, [([0], .fp32([]))]),
            (#"{"inputs": {"b64": "aGk="}}"#, text, [([], .bytes([[0x68, 0x69]]))]),
            (
                #"{"instances": ["é", {"b64": "//8"}, {"b64":"_-8="}]}"#, text,
                [([3], .bytes([[0xC3, 0xA9], [0xFF, 0xFF], [0xFF, 0xEF]]))]
            ),
            (#"{"instances": [{"x": {"b64": ""}}]}"#, text, [([1], .bytes([[]]))]),
            (
                #"{"instances": [{"a": 1, "b": [0.5, 1]}, {"b": [2, 3], "a": -4}]}"#, two,
                [([2], .int64([1, -4])), ([2, 2], .fp64([0.5, 1, 2, 3]))]
            ),
            (
                #"{"inputs": {"b": [[1, 2]], "a": [1, 2, 3]}}"#, two,
                [([3], .int64([1, 2, 3])), ([1, 2], .fp64([1, 2]))]
            ),
        ] as [(String, [TensorMetadata], [([Int], TensorData)])])
    func requests(text: String, inputs: [TensorMetadata], expected: [([Int], TensorData)]) throws {
        let request = try PredictRequest.parse(ByteBuffer(string: text), inputs: inputs)
        #expect(request.format == (text.contains("instances") ? .row : .column))
        #expect(request.inputs.map(\.name) == inputs.map(\.name))
        #expect(request.inputs.map(\.shape) == expected.map(\.0))
        // NaN does not equal itself; its text does.
        #expect(request.inputs.map { "\($0.data)" } == expected.map { "\($0.1)" })
    }

    @Test(
        "is refused with the row and the input at fault",
        arguments: [
            (#"{}"#, one, "neither"), (#"{"instances": [[1, 2]], "inputs": [[1, 2]]}"#, one, "both"),
            (#"{"instances": []}"#, one, "empty"), (#"{"instances": 5}"#, one, "to open \"instances\""),
            (#"{"instances": [[1, 2], [3]]}"#, one, "instances[1]"),
            (#"{"instances": [[1, 2], 3]}"#, one, "instances[1]"),
            (#"{"instances": [[1, [2]]]}"#, one, "instances[0]"),
            (#"{"instances": [[1, "a"]]}"#, one, "expected a number"),
            (#"{"instances": [{"x": [1, 2]}, [1, 2]]}"#, one, "instances[1]: instances are either all"),
            (#"{"instances": [{"y": [1, 2]}]}"#, one, "no input \"y\"; it has \"x\""),
            (#"{"instances": [{"a": 1}]}"#, two, "instances[0] lacks the input \"b\""),
            (#"{"instances": [1]}"#, two, "must be an object with the model's inputs: \"a\", \"b\""),
            (#"{"inputs": [1]}"#, two, "must be an object"),
            (#"{"inputs": {"a": [1], "b": [1], "c": 1}}"#, two, "no input \"c\""),
            (#"{"inputs": {"a": [1.5], "b": [1]}}"#, two, "the input \"a\" (INT64)"),
            (#"{"instances": [[1, 2]], "signature_name": "other"}"#, one, "\"serving_default\""),
            (#"{"instances": [{"b64": "x*"}]}"#, text, "Base64"), (#"{"instances": [{"b64": "x"}]}"#, text, "Base64"),
            (#"{"instances": [{"b64": "aGk=aGk="}]}"#, text, "Base64"),
            (#"{"instances": [{"x": {"b65": "aGk="}}]}"#, text, "b65"),
            ("{\"inputs\": " + String(repeating: "[", count: 100_000), one, "deeper than"),
        ] as [(String, [TensorMetadata], String)])
    func refused(text: String, inputs: [TensorMetadata], message: String) throws {
        let error = try #require(throws: OpenInferenceError.self) {
            try PredictRequest.parse(ByteBuffer(string: text), inputs: inputs)
        }
        #expect(error.message.contains(message), "\(error)")
    }

    @Test(
        "answers one output bare and several by name",
        arguments: [
            (
                PredictRequest.Format.row, [InferenceOutput(name: "y", shape: [2, 1], data: .fp32([0.5, 1]))],
                #"{"predictions":[[0.5],[1.0]]}"#
            ),
            (.row, [InferenceOutput(name: "y", shape: [2], data: .int64([3, 4]))], #"{"predictions":[3,4]}"#),
            (.row, [InferenceOutput(name: "y", shape: [0, 2], data: .int64([]))], #"{"predictions":[]}"#),
            (
                .row, [InferenceOutput(name: "y", shape: [1, 2, 2], data: .uint8([1, 2, 3, 4]))],
                #"{"predictions":[[[1,2],[3,4]]]}"#
            ),
            (
                .row,
                [
                    InferenceOutput(name: "a", shape: [2], data: .bool([true, false])),
                    InferenceOutput(name: "b", shape: [2, 2], data: .fp64([1, .nan, -.infinity, 4])),
                ], #"{"predictions":[{"a":true,"b":[1.0,NaN]},{"a":false,"b":[-Infinity,4.0]}]}"#
            ),
            (
                .column, [InferenceOutput(name: "y", shape: [2, 1], data: .fp32([0.5, 1]))],
                #"{"outputs":[[0.5],[1.0]]}"#
            ),
            (.column, [InferenceOutput(name: "y", shape: [], data: .fp32([0.5]))], #"{"outputs":0.5}"#),
            (
                .column,
                [
                    InferenceOutput(name: "a", shape: [1], data: .bytes([Array("é\"".utf8)])),
                    InferenceOutput(name: "c", shape: [1], data: .bytes([[0xFF]])),
                    InferenceOutput(name: "d_bytes", shape: [3], data: .bytes([Array("hi".utf8), [1, 2, 3], [1]])),
                ],
                #"{"outputs":{"a":["é\""],"c":[{"b64":"/w=="}],"#
                    + #""d_bytes":[{"b64":"aGk="},{"b64":"AQID"},{"b64":"AQ=="}]}}"#
            ),
        ])
    func responses(format: PredictRequest.Format, outputs: [InferenceOutput], expected: String) throws {
        var buffer = ByteBuffer()
        try PredictResponse(format: format, outputs: outputs).write(into: &buffer)
        #expect(String(buffer: buffer) == expected)
    }

    @Test("cannot tell outputs of different lengths row by row", arguments: [[], [3, 1]])
    func unevenRows(shape: [Int]) throws {
        let outputs = [
            InferenceOutput(name: "a", shape: [2], data: .int8([1, 2])),
            InferenceOutput(name: "b", shape: shape, data: .int8(Array(repeating: 1, count: shape.reduce(1, *)))),
        ]
        var buffer = ByteBuffer()
        let error = try #require(throws: OpenInferenceError.self) {
            try PredictResponse(format: .row, outputs: outputs).write(into: &buffer)
        }
        #expect(error.message.contains("\"b\""), "\(error)")
    }

    @Test("has its own forms of status and metadata")
    func answers() {
        var buffer = ByteBuffer()
        ServingStatus([.init(version: 2, problem: nil), .init(version: 1, problem: "a pickle")]).write(into: &buffer)
        #expect(
            String(buffer: buffer)
                == #"{"model_version_status":[{"version":"2","state":"AVAILABLE","#
                + #""status":{"error_code":"OK","error_message":""}},{"version":"1","state":"END","#
                + #""status":{"error_code":"FAILED_PRECONDITION","error_message":"a pickle"}}]}"#)
        buffer.clear()
        ServingMetadata(name: "m", version: 3, inputs: Self.one, outputs: []).write(into: &buffer)
        #expect(
            String(buffer: buffer)
                == #"{"model_spec":{"name":"m","signature_name":"","version":"3"},"metadata":{"signature_def":{"#
                + #""signature_def":{"serving_default":{"inputs":{"x":{"dtype":"DT_FLOAT","tensor_shape":{"dim":["#
                + #"{"size":"-1","name":""},{"size":"2","name":""}],"unknown_rank":false},"name":"x"}},"outputs":{},"#
                + #""method_name":"tensorflow/serving/predict"}}}}}"#)
    }
}
