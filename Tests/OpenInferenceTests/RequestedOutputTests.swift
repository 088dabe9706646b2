import NIOCore
import OpenInference
import Testing

@Suite("A requested output")
struct RequestedOutputTests {
    @Test(
        "is binary where it says so, or where the request does and it says nothing",
        arguments: [
            ("", "", false), ("", #", "parameters": {"binary_data": true}"#, true),
            (#", "parameters": {"binary_data_output": true}"#, "", true),
            (#", "parameters": {"binary_data_output": true}"#, #", "parameters": {"binary_data": false}"#, false),
            (#", "parameters": {"binary_data_output": false}"#, #", "parameters": {"binary_data": true}"#, true),
        ])
    func form(request: String, output: String, isBinary: Bool) throws {
        let request = try parse(#"{"inputs": []\#(request), "outputs": [{"name": "y"\#(output)}]}"#)
        #expect(try request.answer("y", shape: [1], data: .fp32([1])).isBinary == isBinary)
    }

    @Test("that nobody lists follows the request, and an empty list means all")
    func unlisted() throws {
        let request = try parse(#"{"inputs": [], "parameters": {"binary_data_output": true}, "outputs": []}"#)
        #expect(try request.answer("y", shape: [1], data: .fp32([1])).isBinary)
        #expect(request.outputNames == nil)
        #expect(try parse(#"{"inputs": [], "outputs": [{"name": "y"}]}"#).outputNames == ["y"])
    }

    @Test(
        "is refused for parameters that mean nothing",
        arguments: [
            (#"{"binary_data": 1}"#, OpenInferenceError.Code.invalid, "true or false"),
            (#"{"classification": -1}"#, .invalid, "from 0 up"), (#"{"classification": 1.5}"#, .invalid, "from 0 up"),
            (#"{"classification": "3"}"#, .invalid, "from 0 up"),
            (#"{"shared_memory_region": "r"}"#, .unsupported, "does not offer"),
        ])
    func refused(parameters: String, code: OpenInferenceError.Code, message: String) throws {
        let error = try #require(throws: OpenInferenceError.self) {
            try parse(#"{"inputs": [], "outputs": [{"name": "y", "parameters": \#(parameters)}]}"#)
        }
        #expect(error.code == code)
        #expect(error.message.contains(message), "\(error)")
    }

    @Test("An input in shared memory is refused as an extension that is not offered")
    func sharedMemory() throws {
        let error = try #require(throws: OpenInferenceError.self) {
            try parse(
                #"{"inputs": [{"name": "x", "shape": [1], "datatype": "FP32", "#
                    + #""parameters": {"shared_memory_region": "r", "shared_memory_byte_size": 4}}]}"#)
        }
        #expect(error.code == .unsupported, "\(error)")
    }

    @Test(
        "asked for as classes gives the highest values of each row, ties and NaN in order",
        arguments: [
            (2, [2, 3], TensorData.fp32([0.5, 2, 1, 3, 3, -1]), [2, 2], ["2.0:1", "1.0:2", "3.0:0", "3.0:1"]),
            (1, [4], .int64([1, 5, 10, 4]), [1], ["10:2"]), (9, [3], .uint8([1, 2, 3]), [3], ["3:2", "2:1", "1:0"]),
            (3, [1, 3], .fp64([.nan, .infinity, 1]), [1, 3], ["inf:1", "1.0:2", "nan:0"]),
            (1, [2, 1, 2], .fp16([1, 2, 4, 3]), [2, 1], ["2.0:1", "4.0:0"]), (1, [], .int8([7]), [1], ["7:0"]),
            (2, [0, 3], .fp32([]), [0, 2], []), (2, [2, 0], .fp32([]), [2, 0], []),
        ] as [(Int, [Int], TensorData, [Int], [String])])
    func classes(count: Int, shape: [Int], data: TensorData, expected: [Int], texts: [String]) throws {
        let request = try parse(
            #"{"inputs": [], "outputs": [{"name": "y", "parameters": {"classification": \#(count)}}]}"#)
        let output = try request.answer("y", shape: shape, data: data)
        #expect(output.shape == expected)
        #expect(output.data == .bytes(texts.map { Array($0.utf8) }))
    }

    @Test("asked for as classes carries the labels that there are")
    func labels() throws {
        let request = try parse(
            #"{"inputs": [], "outputs": [{"name": "y", "parameters": {"classification": 3, "binary_data": true}}]}"#)
        let output = try request.answer("y", shape: [1, 3], data: .int32([1, 3, 2]), labels: ["apple", "pear"])
        #expect(output.data == .bytes(["3:1:pear", "2:2", "1:0:apple"].map { Array($0.utf8) }))
        #expect(output.isBinary)
        for data in [TensorData.bool([true]), .bytes([[1]])] {
            let error = try #require(throws: OpenInferenceError.self) {
                try request.answer("y", shape: [1], data: data)
            }
            #expect(error.message.contains("\"y\"") && error.message.contains("classification"), "\(error)")
        }
    }
}
