import NIOCore
import OpenInference
import Testing

@Suite("An inference request")
struct InferenceRequestTests {
    @Test("is read with its id, parameters, inputs and outputs, unknown keys passed over")
    func wholeRequest() throws {
        let request = try parse(
            """
            {"id": "a1", "other": {"deep": [1, {"x": null}, "y\\u0041"]}, "parameters": {"p": 3, "q": "t", "r": true,
             "s": 1.5, "t": 9007199254740993},
             "inputs": [{"name": "X", "shape": [2, 2], "datatype": "FP32", "data": [[1, 2.5], [-3e2, 4]], "k": []}],
             "outputs": [{"name": "label", "parameters": {"binary_data": false}}, {"name": "p"}]}
            """)
        #expect(
            request
                == InferenceRequest(
                    id: "a1",
                    parameters: [
                        "p": .int(3), "q": .string("t"), "r": .bool(true), "s": .double(1.5),
                        "t": .int(9_007_199_254_740_993),
                    ],
                    inputs: [InferenceInput(name: "X", shape: [2, 2], data: .fp32([1, 2.5, -300, 4]))],
                    outputs: [
                        RequestedOutput(name: "label", parameters: ["binary_data": .bool(false)]),
                        RequestedOutput(name: "p"),
                    ]))
    }

    @Test("may give an input's data before its type and shape")
    func anyOrder() throws {
        let request = try parse(
            #"{"inputs": [{"data": [[1], [2]], "datatype": "INT8", "name": "a", "shape": [2, 1]}]}"#)
        #expect(request.inputs == [InferenceInput(name: "a", shape: [2, 1], data: .int8([1, 2]))])
    }

    @Test(
        "takes tensors flat or nested",
        arguments: [
            ("[2,3]", "[1,2,3,4,5,6]", 6), ("[2,3]", "[[1,2,3],[4,5,6]]", 6), ("[1,2,3]", "[[[1,2,3],[4,5,6]]]", 6),
            ("[]", "[7]", 1), ("[0]", "[]", 0), ("[2,0]", "[[],[]]", 0), ("[0,4]", "[]", 0), ("[0,4]", "[ ]", 0),
            ("[2,0,3]", "[[],[]]", 0), ("[3]", "\n[ 1 ,\t2 ,\r\n3 ]", 3),
        ])
    func forms(shape: String, data: String, count: Int) throws {
        let request = try parse(body(datatype: "FP64", shape: shape, data: data))
        #expect(request.inputs[0].data.count == count)
    }

    @Test(
        "refuses tensors that do not have their shape",
        arguments: [
            ("[2,3]", "[[1,2],[3,4],[5,6]]", "[3, 2]"), ("[2,3]", "[1,2,3,4,5]", "[5]"),
            ("[2,2]", "[[1,2],[3]]", "not rectangular"), ("[2]", "[1,[2]]", "expected a number"),
            ("[2,2]", "[[[1,2]],[3,4]]", "not rectangular"), ("[2,2]", "[[1,2],3]", "to open a tensor's data"),
            ("[6]", "[[1,2,3],[4,5,6]]", "[2, 3]"), ("[4294967296,4294967296]", "[]", "too large"),
            ("[-1]", "[1]", "from 0 up"), ("[1.5]", "[1]", "whole number"), ("[1]", "1", "to open a tensor's data"),
            ("[\(String(repeating: "1,", count: 64))1]", "[1]", "more than 64 dimensions"),
            ("[1000000000000]", "[1]", "wants 1000000000000 elements"),
        ])
    func wrongForms(shape: String, data: String, message: String) throws {
        let error = try #require(throws: OpenInferenceError.self) {
            try parse(body(datatype: "FP32", shape: shape, data: data))
        }
        #expect(error.message.contains(message), "\(error)")
    }

    @Test(
        "refuses what is no JSON, with the byte where it goes wrong",
        arguments: [
            ("", 0), ("{", 1), ("[]", 0), ("nonsense", 0), (#"{"inputs": []"#, 13), (#"{"inputs": []}x"#, 14),
            (#"{"inputs": [],}"#, 14), (#"{"inputs" []}"#, 10), (#"{inputs: []}"#, 1), (#"{"a": 01, "inputs": []}"#, 6),
            (#"{"a": +1}"#, 6), (#"{"a": 1.}"#, 8), (#"{"a": .5}"#, 6), (#"{"a": 1e}"#, 8), (#"{"a": -}"#, 6),
            (#"{"a": tru}"#, 6), (#"{"a": "x"#, 6), ("{\"a\": \"x\ny\"}", 8), (#"{"id": "\q"}"#, 8),
            (#"{"id": "\u12"}"#, 8), (#"{"id": "\ud800"}"#, 8), (#"{"id": "\ud800\u0041"}"#, 8),
            (#"{"id": "\udc00"}"#, 8), (#"{"id": 5}"#, 7), (#"{"id": "\"#, 7), (#"{"a": [1 2]}"#, 9),
        ])
    func malformed(text: String, offset: Int) throws {
        let error = try #require(throws: OpenInferenceError.self) { try parse(text) }
        #expect(error.code == .malformed, "\(error)")
        #expect(error.offset == offset, "\(error)")
    }

    @Test(
        "refuses what the protocol does not allow, naming it",
        arguments: [
            (#"{}"#, "no \"inputs\""), (#"{"inputs": [], "inputs": []}"#, "\"inputs\" twice"),
            (#"{"a": 1, "a": 2, "inputs": []}"#, "\"a\" twice"),
            (#"{"inputs": [{"shape": [1], "datatype": "FP32", "data": [1]}]}"#, "inputs[0] has no \"name\""),
            (#"{"inputs": [{"name": "x", "datatype": "FP32", "data": [1]}]}"#, "\"x\" has no \"shape\""),
            (#"{"inputs": [{"name": "x", "shape": [1], "data": [1]}]}"#, "\"x\" has no \"datatype\""),
            (#"{"inputs": [{"name": "x", "shape": [1], "datatype": "FP32"}]}"#, "\"x\" has no \"data\""),
            (#"{"inputs": [{"name": "x", "shape": [1], "datatype": "FLOAT", "data": [1]}]}"#, "BOOL, UINT8"),
            (
                #"{"inputs": [{"name": "x", "shape": [0], "datatype": "FP32", "data": []},"#
                    + #"{"name": "x", "shape": [0], "datatype": "FP32", "data": []}]}"#, "given twice"
            ),
            (#"{"inputs": [], "outputs": [{}]}"#, "outputs[0] has no \"name\""),
            (#"{"inputs": [], "outputs": [{"name": "y"}, {"name": "y"}]}"#, "asked for twice"),
        ])
    func invalid(text: String, message: String) throws {
        let error = try #require(throws: OpenInferenceError.self) { try parse(text) }
        #expect(error.code == .invalid, "\(error)")
        #expect(error.message.contains(message), "\(error)")
    }

    @Test("takes keys with escapes for what they say, and finds the double one among many")
    func keys() throws {
        let request = try parse(
            #"{"\u0069nputs": [{"n\u0061me": "x", "shape": [1], "datatype": "INT8", "data": [1]}]}"#)
        #expect(request.inputs == [InferenceInput(name: "x", shape: [1], data: .int8([1]))])
        for double in [#""inputs""#, #""\u0069nputs""#, #""k0""#, #""k\u0030""#, #""k15""#, #""k\u00315""#] {
            let keys = (0..<16).map { "\"k\($0)\": 0" }.joined(separator: ", ")
            let error = try #require(throws: OpenInferenceError.self) {
                try parse("{\"inputs\": [], \(keys), \(double): 1}")
            }
            #expect(error.message.contains("twice"), "\(double): \(error)")
        }
        let few = try #require(throws: OpenInferenceError.self) { try parse(#"{"a": 1, "\u0061": 2, "inputs": []}"#) }
        #expect(few.message.contains("\"a\" twice"), "\(few)")
    }

    @Test("refuses nesting that would exhaust the stack", arguments: ["[", "{\"a\":"])
    func deepNesting(opening: String) throws {
        let deep = "{\"a\": " + String(repeating: opening, count: 100_000)
        #expect(try #require(throws: OpenInferenceError.self) { try parse(deep) }.message.contains("deeper than"))
        let data = try #require(throws: OpenInferenceError.self) {
            try parse(body(datatype: "FP32", shape: "[1]", data: String(repeating: "[", count: 100_000)))
        }
        #expect(data.message.contains("deeper than"))
    }

    @Test("cut at any byte is refused, never half read")
    func everyCut() throws {
        let text = #"{"id":"é\n","inputs":[{"name":"x","shape":[2,1],"datatype":"FP32","data":[[1.5e1],[-2]]}]}"#
        let bytes = Array(text.utf8)
        _ = try parse(text)
        for length in 0..<bytes.count {
            #expect(throws: OpenInferenceError.self) {
                try InferenceRequest.parse(body: ByteBuffer(bytes: bytes.prefix(length)))
            }
        }
    }

    @Test("with bytes changed, taken out or put in is read or refused, and nothing worse", arguments: 0..<8)
    func mutations(seed: UInt64) throws {
        let text = #"{"id":"\u00e9\n","parameters":{"a":1,"b":-0.5e3},"inputs":[{"name":"x","shape":[2,1],"datatype":"#
        let ends = [
            #""FP32","data":[[1.5e1],[-2]]}]}"#, #""BYTES","data":["\ud83d\ude00","é"]}],"outputs":[{"name":"y"}]}"#,
        ]
        var generator = SeededGenerator(state: seed)
        var accepted = 0
        for number in 0..<4000 {
            var bytes = Array((text + ends[number % 2]).utf8)
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes.randomElement(using: &generator)!, at: place)
                }
            }
            do {
                let request = try InferenceRequest.parse(body: ByteBuffer(bytes: bytes))
                #expect(request.inputs.allSatisfy { $0.data.count == $0.shape.reduce(1, *) })
                accepted += 1
            } catch let error as OpenInferenceError {
                #expect(error.offset.map { (0...bytes.count).contains($0) } ?? true)
            }
        }
        #expect(accepted > 0)
    }

    @Test("refuses bytes that are not UTF-8")
    func invalidUTF8() throws {
        var bytes = Array(#"{"id": "x", "inputs": []}"#.utf8)
        bytes[8] = 0xFF
        let error = try #require(throws: OpenInferenceError.self) {
            try InferenceRequest.parse(body: ByteBuffer(bytes: bytes))
        }
        #expect(error.message.contains("UTF-8"))
    }
}

/// A request of one input `x`.
func body(datatype: String, shape: String, data: String) -> String {
    #"{"inputs": [{"name": "x", "shape": \#(shape), "datatype": "\#(datatype)", "data": \#(data)}]}"#
}

@discardableResult
func parse(_ text: String) throws -> InferenceRequest {
    try InferenceRequest.parse(body: ByteBuffer(string: text))
}
