import NIOCore
import OpenInference
import Testing

@Suite("The repository and statistics extensions")
struct RepositoryTests {
    @Test(
        "A request may be empty, and overrides are refused by name",
        arguments: [
            ("", false, nil), ("  \n", false, nil), ("{}", false, nil), (#"{"ready": true}"#, true, nil),
            (#"{"parameters": {"unload_dependents": false}}"#, false, nil),
            (#"{"parameters": {"config": "{}"}}"#, false, "config"),
            (#"{"parameters": {"file:1/model.onnx": "AAAA"}}"#, false, "file:1/model.onnx"),
        ])
    func requests(text: String, onlyReady: Bool, refused: String?) throws {
        let request = try RepositoryRequest.parse(ByteBuffer(string: text))
        #expect(request.onlyReady == onlyReady)
        guard let refused else { return try request.refuseOverrides() }
        let error = try #require(throws: OpenInferenceError.self) { try request.refuseOverrides() }
        #expect(error.code == .unsupported)
        #expect(error.message.contains("\"\(refused)\""), "\(error)")
    }

    @Test("A request that is no object is refused", arguments: ["[]", "1", "{", #"{"ready": "yes"}"#, "{}x"])
    func malformed(text: String) {
        #expect(throws: OpenInferenceError.self) { try RepositoryRequest.parse(ByteBuffer(string: text)) }
    }

    @Test("Index, statistics and configuration have Triton's forms")
    func answers() {
        var buffer = ByteBuffer()
        RepositoryIndex([
            .init(name: "wine", version: "2", isReady: true),
            .init(name: "old", version: "1", isReady: false, reason: "a pickle"),
        ]).write(into: &buffer)
        #expect(
            String(buffer: buffer)
                == #"[{"name":"wine","version":"2","state":"READY","reason":""},"#
                + #"{"name":"old","version":"1","state":"UNAVAILABLE","reason":"a pickle"}]"#)

        buffer.clear()
        var version = StatisticsResponse.Version(name: "wine", version: "2")
        version.inferenceCount = 8
        version.executionCount = 3
        version.success = .init(count: 4, nanoseconds: 5000)
        StatisticsResponse([version]).write(into: &buffer)
        #expect(
            String(buffer: buffer)
                == #"{"model_stats":[{"name":"wine","version":"2","last_inference":0,"inference_count":8,"#
                + #""execution_count":3,"inference_stats":{"success":{"count":4,"ns":5000},"fail":{"count":0,"ns":0},"#
                + #""queue":{"count":0,"ns":0},"compute_input":{"count":0,"ns":0},"compute_infer":{"count":0,"ns":0},"#
                + #""compute_output":{"count":0,"ns":0},"cache_hit":{"count":0,"ns":0},"#
                + #""cache_miss":{"count":0,"ns":0}},"batch_stats":[]}]}"#)

        buffer.clear()
        ModelConfiguration(
            name: "wine", platform: "onnx_onnxv1", version: 2,
            inputs: [TensorMetadata(name: "X", datatype: .fp32, shape: [-1, 13])],
            outputs: [TensorMetadata(name: "label", datatype: .bytes, shape: [-1])]
        ).write(into: &buffer)
        #expect(
            String(buffer: buffer)
                == #"{"name":"wine","platform":"onnx_onnxv1","backend":"onnx","#
                + #""version_policy":{"specific":{"versions":[2]}},"max_batch_size":0,"#
                + #""input":[{"name":"X","data_type":"TYPE_FP32","dims":[-1,13]}],"#
                + #""output":[{"name":"label","data_type":"TYPE_STRING","dims":[-1]}]}"#)
    }
}
