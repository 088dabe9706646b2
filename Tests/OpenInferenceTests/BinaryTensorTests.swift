import NIOCore
import OpenInference
import Testing

@Suite("A binary tensor")
struct BinaryTensorTests {
    @Test(
        "is read with every type, little-endian and packed",
        arguments: [
            ("BOOL", [1, 0, 7], TensorData.bool([true, false, true])),
            ("UINT8", [0, 255], .uint8([0, 255])), ("UINT16", [0x34, 0x12], .uint16([0x1234])),
            ("UINT32", [1, 0, 0, 0x80], .uint32([0x8000_0001])),
            ("UINT64", [1, 0, 0, 0, 0, 0, 0, 0x80], .uint64([0x8000_0000_0000_0001])),
            ("INT8", [0xFF, 1], .int8([-1, 1])), ("INT16", [0xFE, 0xFF], .int16([-2])),
            ("INT32", [0xFE, 0xFF, 0xFF, 0xFF], .int32([-2])),
            ("INT64", [0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .int64([-3])),
            ("FP16", [0x00, 0x3E, 0x00, 0xC0], .fp16([1.5, -2])), ("FP32", [0, 0, 0xC0, 0x3F], .fp32([1.5])),
            ("FP64", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F], .fp64([1.5])),
            ("BYTES", [2, 0, 0, 0, 0x61, 0xFF, 0, 0, 0, 0], .bytes([[0x61, 0xFF], []])),
            ("FP32", [], .fp32([])),
        ] as [(String, [UInt8], TensorData)])
    func types(datatype: String, bytes: [UInt8], expected: TensorData) throws {
        let request = try parse(inputs: [Sent(datatype, shape: [expected.count], bytes)])
        #expect(request.inputs.map(\.data) == [expected])
        #expect(request.inputs[0].parameters["binary_data_size"] == .int(Int64(bytes.count)))
    }

    @Test("follows the JSON in the order of the inputs, between those that are in the JSON")
    func order() throws {
        let json = """
            {"inputs": [
              {"name": "a", "shape": [2], "datatype": "UINT8", "parameters": {"binary_data_size": 2}},
              {"name": "b", "shape": [1], "datatype": "FP32", "data": [0.5]},
              {"parameters": {"binary_data_size": 3}, "datatype": "UINT8", "shape": [1, 3], "name": "c"}]}
            """
        let body = ByteBuffer(bytes: Array(json.utf8) + [1, 2, 3, 4, 5])
        let request = try InferenceRequest.parse(body: body, jsonLength: json.utf8.count)
        #expect(request.inputs.map(\.data) == [.uint8([1, 2]), .fp32([0.5]), .uint8([3, 4, 5])])
        #expect(request.inputs.map(\.shape) == [[2], [1], [1, 3]])
    }

    @Test(
        "is refused where its bytes are not its elements",
        arguments: [
            (Sent("FP32", shape: [2], [0, 0, 0, 0]), "4 bytes of binary data where 2 elements take 8"),
            (Sent("FP32", shape: [1], [0, 0, 0, 0, 0]), "5 bytes of binary data where 1 elements take 4"),
            (Sent("FP32", shape: [1], [0, 0, 0, 0], size: "5"), "only 4 bytes of binary data are left"),
            (Sent("FP32", shape: [1], [0, 0, 0, 0], size: "-4"), "from 0 up"),
            (Sent("FP32", shape: [1], [0, 0, 0, 0], size: "4.5"), "whole number"),
            (Sent("FP32", shape: [1], [0, 0, 0, 0], size: "true"), "whole number"),
            (Sent("UINT8", shape: [1], [0, 0], size: "1"), "1 bytes of binary data are left over"),
            (Sent("FP32", shape: [1 << 62], [0, 0, 0, 0]), "too large"),
            (Sent("FP32", shape: [1 << 40, 1 << 40], [0]), "too large"),
            (Sent("BYTES", shape: [1], [1, 0, 0]), "end early"),
            (Sent("BYTES", shape: [1], [2, 0, 0, 0, 0x61]), "end early"),
            (Sent("BYTES", shape: [1], [0xFF, 0xFF, 0xFF, 0xFF]), "end early"),
            (Sent("BYTES", shape: [1 << 39], [0, 0, 0, 0]), "end early"),
            (Sent("BYTES", shape: [1], [1, 0, 0, 0, 0x61, 0]), "go on after the last"),
            (Sent("UINT8", shape: [1], [1], further: ", \"data\": [1]"), "both"),
        ])
    func wrongSizes(sent: Sent, message: String) throws {
        let error = try #require(throws: OpenInferenceError.self) { try parse(inputs: [sent]) }
        #expect(error.code == .invalid)
        #expect(error.message.contains(message), "\(error)")
    }

    @Test("wants the header that says where the JSON ends, and a true one")
    func header() throws {
        let json = Sent("UINT8", shape: [1], [9]).json
        let body = ByteBuffer(bytes: Array(json.utf8) + [9])
        let alone = try #require(throws: OpenInferenceError.self) {
            try InferenceRequest.parse(body: ByteBuffer(string: json))
        }
        #expect(alone.message.contains("Inference-Header-Content-Length"), "\(alone)")
        for length in [-1, json.utf8.count + 2, .max] {
            let error = try #require(throws: OpenInferenceError.self) {
                try InferenceRequest.parse(body: body, jsonLength: length)
            }
            #expect(error.message.contains("Inference-Header-Content-Length is \(length)"), "\(error)")
        }
        for length in 1..<json.utf8.count {
            #expect(throws: OpenInferenceError.self) { try InferenceRequest.parse(body: body, jsonLength: length) }
        }
        #expect(try InferenceRequest.parse(body: body, jsonLength: json.utf8.count).inputs[0].data == .uint8([9]))
    }

    @Test("is read right where the body lies behind other bytes of its buffer")
    func slice() throws {
        let json = Sent("FP32", shape: [1], [0, 0, 0xC0, 0x3F]).json
        var buffer = ByteBuffer(bytes: [0, 0, 0] + Array(json.utf8) + [0, 0, 0xC0, 0x3F])
        buffer.moveReaderIndex(forwardBy: 3)
        #expect(try InferenceRequest.parse(body: buffer, jsonLength: json.utf8.count).inputs[0].data == .fp32([1.5]))
    }

    @Test("written into a response reads back to the same", arguments: 0..<20)
    func writing(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let outputs = Datatype.allCases.map { datatype in
            let count = Int.random(in: 0...5, using: &generator)
            return InferenceOutput(
                name: datatype.rawValue, shape: [count],
                data: .random(datatype, count: count, using: &generator),
                isBinary: Bool.random(using: &generator) || datatype == .bytes)
        }
        var buffer = ByteBuffer(string: "ahead")
        let length = try #require(
            try InferenceResponse(modelName: "m", modelVersion: "1", outputs: outputs).write(into: &buffer))
        // A response's outputs have the form of a request's inputs.
        let json = try #require(buffer.getString(at: 5, length: length))
        let request = json.replacing("\"outputs\":", with: "\"inputs\":")
        let body = ByteBuffer(bytes: Array(request.utf8) + Array(buffer.readableBytesView.dropFirst(5 + length)))
        let read = try InferenceRequest.parse(body: body, jsonLength: request.utf8.count).inputs
        #expect(read.map(\.data) == outputs.map(\.data))
        #expect(read.map(\.name) == outputs.map(\.name))
        #expect(read.map { $0.parameters["binary_data_size"] != nil } == outputs.map(\.isBinary))
    }

    @Test("is what bytes that are not UTF-8 need; JSON says so and names the output")
    func notText() throws {
        let output = InferenceOutput(name: "raw \"out\"", shape: [1], data: .bytes([[0xFF]]))
        var buffer = ByteBuffer()
        let error = try #require(throws: OpenInferenceError.self) {
            try InferenceResponse(modelName: "m", modelVersion: "1", outputs: [output]).write(into: &buffer)
        }
        #expect(error.message.contains("raw \"out\"") && error.message.contains("binary_data"), "\(error)")
        #expect(buffer.readableBytes == 0)
    }

    @Test(
        "alone in the body is the model's one input, of one row",
        arguments: [
            ([-1, 2], Datatype.fp32, 8, [1, 2]), ([1, 2], .fp32, 8, [1, 2]), ([-1, -1], .uint8, 5, [1, 5]),
            ([-1], .int16, 6, [3]), ([2, -1], .uint8, 6, [2, 3]), ([-1, 3, -1], .uint8, 6, [1, 3, 2]),
            ([], .fp64, 8, []), ([-1, 1], .bytes, 3, [1, 1]), ([-1], .bytes, 0, [1]),
        ])
    func raw(shape: [Int], datatype: Datatype, bytes: Int, expected: [Int]) throws {
        let body = ByteBuffer(repeating: 0x41, count: bytes)
        let request = try InferenceRequest.parse(
            raw: body, inputs: [TensorMetadata(name: "x", datatype: datatype, shape: shape)])
        #expect(request.inputs.map(\.shape) == [expected])
        #expect(request.inputs.map(\.name) == ["x"])
        #expect(request.wantsBinaryOutputs)
        #expect(request.outputNames == nil)
        if datatype == .bytes { #expect(request.inputs[0].data == .bytes([Array(repeating: 0x41, count: bytes)])) }
    }

    @Test(
        "alone in the body is refused where it does not tell its shape",
        arguments: [
            ([[-1, 2]], Datatype.fp32, 4, "takes 8 bytes"), ([[-1, 2]], .fp32, 16, "takes 8 bytes"),
            ([[-1, -1, -1]], .fp32, 8, "several free"), ([[3, -1]], .fp32, 16, "multiple of 12"),
            ([[-1, 2]], .bytes, 8, "single"), ([[1], [1]], .fp32, 8, "2 inputs"), ([], .fp32, 8, "0 inputs"),
            ([[0, -1]], .fp32, 8, "multiple of 0"), ([[.max, 2]], .fp32, 8, "too large"),
        ] as [([[Int]], Datatype, Int, String)])
    func rawRefused(shapes: [[Int]], datatype: Datatype, bytes: Int, message: String) throws {
        let inputs = shapes.map { TensorMetadata(name: "x", datatype: datatype, shape: $0) }
        let error = try #require(throws: OpenInferenceError.self) {
            try InferenceRequest.parse(raw: ByteBuffer(repeating: 0, count: bytes), inputs: inputs)
        }
        #expect(error.message.contains(message), "\(error)")
    }

    @Test("with bytes changed, taken out or put in is read or refused, and nothing worse", arguments: 0..<8)
    func mutations(seed: UInt64) throws {
        let inputs = [
            Sent("BYTES", shape: [2], [1, 0, 0, 0, 0x61, 0, 0, 0, 0]),
            Sent("FP32", shape: [1, 1], [0, 0, 0xC0, 0x3F]),
        ]
        let json = Sent.json(inputs)
        let whole = Array(json.utf8) + inputs.flatMap(\.bytes)
        var generator = SeededGenerator(state: seed)
        var accepted = 0
        for _ in 0..<4000 {
            var bytes = whole
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            default: bytes.insert(bytes.randomElement(using: &generator)!, at: place)
            }
            let length = json.utf8.count + Int.random(in: -1...1, using: &generator)
            do {
                let request = try InferenceRequest.parse(body: ByteBuffer(bytes: bytes), jsonLength: length)
                #expect(request.inputs.allSatisfy { $0.data.count == $0.shape.reduce(1, *) })
                accepted += 1
            } catch is OpenInferenceError {}
        }
        #expect(accepted > 0)
    }
}

/// An input that is sent in the binary form.
struct Sent: Sendable, CustomTestStringConvertible {
    var datatype: String
    var shape: [Int]
    var bytes: [UInt8]
    /// `binary_data_size` as it is written; the true one where nil.
    var size: String?
    /// Further members of the input.
    var further: String

    init(_ datatype: String, shape: [Int], _ bytes: [UInt8], size: String? = nil, further: String = "") {
        self.datatype = datatype
        self.shape = shape
        self.bytes = bytes
        self.size = size
        self.further = further
    }

    var testDescription: String { "\(datatype) \(shape) of \(bytes.count) bytes" }

    /// A request of this input alone.
    var json: String { Self.json([self]) }

    static func json(_ inputs: [Sent]) -> String {
        let objects = inputs.enumerated().map { index, input in
            """
            {"name": "x\(index)", "shape": \(input.shape), "datatype": "\(input.datatype)", \
            "parameters": {"binary_data_size": \(input.size ?? "\(input.bytes.count)")}\(input.further)}
            """
        }
        return "{\"inputs\": [\(objects.joined(separator: ", "))]}"
    }
}

@discardableResult
func parse(inputs: [Sent]) throws -> InferenceRequest {
    let json = Sent.json(inputs)
    return try InferenceRequest.parse(
        body: ByteBuffer(bytes: Array(json.utf8) + inputs.flatMap(\.bytes)), jsonLength: json.utf8.count)
}
