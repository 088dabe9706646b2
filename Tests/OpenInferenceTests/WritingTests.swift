import NIOCore
import OpenInference
import Testing

@Suite("Writing")
struct WritingTests {
    @Test("a request and reading it gives the same request", arguments: 0..<50)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let inputs = Datatype.allCases.map { datatype in
            let shape = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                Int.random(in: 0...4, using: &generator)
            }
            return InferenceInput(
                name: "in \"\(datatype.rawValue)\"\n", shape: shape,
                data: .random(datatype, count: shape.reduce(1, *), using: &generator),
                parameters: ["p": .int(Int64.random(in: .min ... .max, using: &generator)), "é": .string("\\")])
        }
        let request = InferenceRequest(
            id: "\u{1}😀", parameters: ["a": .bool(false), "b": .double(0.1)], inputs: inputs,
            outputs: [
                RequestedOutput(name: "y"), RequestedOutput(name: "z", parameters: ["binary_data": .bool(false)]),
            ])
        var buffer = ByteBuffer()
        try request.write(into: &buffer)
        #expect(try InferenceRequest.parse(body: buffer) == request)
    }

    @Test("a response gives flat data, FP32 as short as FP32 allows, and the id only where there was one")
    func response() throws {
        let response = InferenceResponse(
            modelName: "wine", modelVersion: "3",
            outputs: [
                InferenceOutput(name: "label", shape: [2], data: .int64([1, -2])),
                InferenceOutput(name: "p", shape: [1, 4], data: .fp32([0.1, 1e-7, .nan, -.infinity])),
                InferenceOutput(name: "w", shape: [2], data: .bytes(["a\"b", "\u{1F}"].map { Array($0.utf8) })),
            ])
        var buffer = ByteBuffer()
        #expect(try response.write(into: &buffer) == nil)
        #expect(
            String(buffer: buffer)
                == #"{"model_name":"wine","model_version":"3","outputs":["#
                + #"{"name":"label","datatype":"INT64","shape":[2],"data":[1,-2]},"#
                + #"{"name":"p","datatype":"FP32","shape":[1,4],"data":[0.1,1e-07,NaN,-Infinity]},"#
                + #"{"name":"w","datatype":"BYTES","shape":[2],"data":["a\"b","\u001f"]}]}"#)
        buffer.clear()
        try InferenceResponse(modelName: "m", modelVersion: "1", id: "x", outputs: []).write(into: &buffer)
        #expect(String(buffer: buffer) == #"{"id":"x","model_name":"m","model_version":"1","outputs":[]}"#)
    }

    @Test("the metadata, health and error answers gives the protocol's forms")
    func answers() {
        var buffer = ByteBuffer()
        ModelMetadata(
            name: "wine", versions: ["1", "2"], platform: "onnx_onnxv1",
            inputs: [TensorMetadata(name: "X", datatype: .fp32, shape: [-1, 13])], outputs: []
        ).write(into: &buffer)
        ServerMetadata(name: "slipway", version: "1.0", extensions: ["parameters"]).write(into: &buffer)
        Health.live(true).write(into: &buffer)
        Health.ready(false).write(into: &buffer)
        Health.modelReady(true, name: "wine").write(into: &buffer)
        ErrorResponse("no \"x\"").write(into: &buffer)
        #expect(
            String(buffer: buffer)
                == #"{"name":"wine","versions":["1","2"],"platform":"onnx_onnxv1","#
                + #""inputs":[{"name":"X","datatype":"FP32","shape":[-1,13]}],"outputs":[]}"#
                + #"{"name":"slipway","version":"1.0","extensions":["parameters"]}"#
                + #"{"live":true}{"ready":false}{"name":"wine","ready":true}{"error":"no \"x\""}"#)
    }
}

extension TensorData {
    static func random(_ datatype: Datatype, count: Int, using generator: inout SeededGenerator) -> TensorData {
        func integers<Value: FixedWidthInteger>(_: Value.Type) -> [Value] {
            (0..<count).map { _ in Value.random(in: .min ... .max, using: &generator) }
        }
        switch datatype {
        case .bool: return .bool((0..<count).map { _ in Bool.random(using: &generator) })
        case .uint8: return .uint8(integers(UInt8.self))
        case .uint16: return .uint16(integers(UInt16.self))
        case .uint32: return .uint32(integers(UInt32.self))
        case .uint64: return .uint64(integers(UInt64.self))
        case .int8: return .int8(integers(Int8.self))
        case .int16: return .int16(integers(Int16.self))
        case .int32: return .int32(integers(Int32.self))
        case .int64: return .int64(integers(Int64.self))
        // Any bit pattern, the subnormal and the huge ones too; NaN is no value that equals itself.
        case .fp16: return .fp16(integers(UInt16.self).map { Float16(bitPattern: $0) }.map { $0.isNaN ? 0 : $0 })
        case .fp32: return .fp32(integers(UInt32.self).map { Float(bitPattern: $0) }.map { $0.isNaN ? 0 : $0 })
        case .fp64: return .fp64(integers(UInt64.self).map { Double(bitPattern: $0) }.map { $0.isNaN ? 0 : $0 })
        case .bytes:
            return .bytes(
                integers(UInt32.self).map {
                    Array(String(String.UnicodeScalarView([Unicode.Scalar($0 & 0xFFFF) ?? "😀", "\""])).utf8)
                })
        }
    }
}
