import NIOCore
import OpenInference
import Testing

@Suite("A tensor's element")
struct ElementTests {
    @Test(
        "of an integer type is taken up to the type's ends",
        arguments: [
            ("UINT8", "[0, 255]", TensorData.uint8([0, 255])),
            ("UINT16", "[65535]", .uint16([65535])),
            ("UINT32", "[4294967295]", .uint32([.max])),
            ("UINT64", "[18446744073709551615]", .uint64([.max])),
            ("INT8", "[-128, 127, -0]", .int8([-128, 127, 0])),
            ("INT16", "[-32768]", .int16([.min])),
            ("INT32", "[-2147483648, 2147483647]", .int32([.min, .max])),
            ("INT64", "[-9223372036854775808, 9223372036854775807]", .int64([.min, .max])),
            ("BOOL", "[true, false, 1, 0]", .bool([true, false, true, false])),
        ])
    func integers(datatype: String, data: String, expected: TensorData) throws {
        let request = try parse(body(datatype: datatype, shape: "[\(expected.count)]", data: data))
        #expect(request.inputs[0].data == expected)
    }

    @Test(
        "out of its type's range, or of another kind, is refused with its value",
        arguments: [
            ("UINT8", "256", "256 is out of range: 0 to 255"), ("UINT8", "-1", "-1 is out of range"),
            ("INT8", "128", "-128 to 127"), ("INT8", "-129", "-128 to 127"),
            ("UINT64", "18446744073709551616", "out of range"), ("INT64", "9223372036854775808", "out of range"),
            ("INT64", "-9223372036854775809", "out of range"), ("INT32", "99999999999999999999999", "out of range"),
            ("INT64", "1.0", "fraction"), ("INT64", "1e3", "fraction"), ("INT64", "NaN", "whole number"),
            ("BOOL", "2", "true or false"), ("BOOL", "\"true\"", "true or false"), ("BOOL", "null", "true or false"),
            ("FP32", "\"1\"", "expected a number"), ("FP32", "null", "expected a number"),
            ("FP32", "3.5e38", "out of range"), ("FP32", "-1e400", "out of range"), ("FP64", "1e309", "out of range"),
            ("FP16", "65520", "out of range"), ("FP16", "2047e4", "out of range"), ("BYTES", "1", "expected a string"),
            ("FP32", "nan", "expected a number"), ("FP32", "+1", "expected a number"), ("FP32", "00", "leading zero"),
        ])
    func outOfRange(datatype: String, element: String, message: String) throws {
        let error = try #require(throws: OpenInferenceError.self) {
            try parse(body(datatype: datatype, shape: "[1]", data: "[\(element)]"))
        }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.message.contains("the input \"x\" (\(datatype))"), "\(error)")
        let ahead = body(datatype: datatype, shape: "[1]", data: "[").dropLast("}]}".count)
        #expect(error.offset == ahead.utf8.count, "\(error)")
    }

    @Test("of a floating-point type may be NaN or infinite, written bare", arguments: ["FP16", "FP32", "FP64"])
    func specials(datatype: String) throws {
        let request = try parse(
            body(datatype: datatype, shape: "[4]", data: "[NaN, Infinity, -Infinity, -0]"))
        var buffer = ByteBuffer()
        try request.write(into: &buffer)
        #expect(String(buffer: buffer).contains("\"data\":[NaN,Infinity,-Infinity,-0.0]"))
    }

    @Test(
        "of a floating-point type is rounded to the nearest value, as the standard library rounds",
        arguments: [
            "0", "-0.0", "1", "0.1", "0.3", "13.2", "2.77", "820", "1e0", "1E+2", "1.5e-3", "16777217", "16777219",
            "9007199254740993", "9007199254740992.99999", "0.10000000149011612", "0.12345678901234567",
            "3.4028234663852886e38", "3.4028235e38", "1.17549435e-38", "1.401298464324817e-45", "1e-46", "7e-46",
            "2.2250738585072014e-308", "4.9406564584124654e-324", "5e-324", "1.7976931348623157e308", "1e-400",
            "1.00000005960464477539062", "1.000000059604644775390625", "1.00000005960464477539063",
            "0.000000000000000000000000000000000001", "123456789012345678901234567890", "1234567890123456789e-27",
            "18446744073709551615e27", "9999999999999999999", "1e22", "1e23", "8.5e22", "1e27", "1e28", "1e-27",
            "1e-28",
            "0.00000000000000000000000000123456789", "65504", "6.1e-5", "5.96e-8", "2049", "2051", "0.0001", "2048e1",
        ])
    func rounding(text: String) throws {
        let double = try parse(body(datatype: "FP64", shape: "[2]", data: "[\(text), -\(text.drop { $0 == "-" })]"))
        let expected = try #require(Double(text))
        guard case .fp64(let doubles) = double.inputs[0].data else { Issue.record("no FP64"); return }
        #expect(doubles[0].bitPattern == expected.bitPattern)
        #expect(doubles[1].bitPattern == (-expected.magnitude).bitPattern)
        let nearest = try #require(Float(text))
        if nearest.isFinite {
            guard
                case .fp32(let floats) = try parse(body(datatype: "FP32", shape: "[1]", data: "[\(text)]")).inputs[0]
                    .data
            else { Issue.record("no FP32"); return }
            #expect(floats[0].bitPattern == nearest.bitPattern)
        }
        let half = try #require(Float16(text))
        if half.isFinite {
            guard
                case .fp16(let halves) = try parse(body(datatype: "FP16", shape: "[1]", data: "[\(text)]")).inputs[0]
                    .data
            else { Issue.record("no FP16"); return }
            #expect(halves[0].bitPattern == half.bitPattern)
        }
    }

    @Test("is rounded right for a hundred thousand random decimals")
    func randomDecimals() throws {
        var generator = SeededGenerator(state: 7)
        var texts: [String] = []
        for _ in 0..<100_000 {
            let digits = String(generator.next() >> UInt64.random(in: 0..<64, using: &generator))
            let point = Int.random(in: 0...digits.count, using: &generator)
            let whole = point == 0 ? "0" : String(digits.prefix(point))
            let fraction = point == digits.count ? "" : "." + digits.dropFirst(point)
            let exponent = Int.random(in: -40...15, using: &generator)
            let strippedWhole = whole.count > 1 && whole.hasPrefix("0") ? "1" + whole.dropFirst() : whole
            texts.append(strippedWhole + fraction + (exponent % 3 == 0 ? "" : "e\(exponent)"))
        }
        let data = "[" + texts.joined(separator: ",") + "]"
        guard
            case .fp64(let doubles) = try parse(body(datatype: "FP64", shape: "[\(texts.count)]", data: data)).inputs[0]
                .data,
            case .fp32(let floats) = try parse(body(datatype: "FP32", shape: "[\(texts.count)]", data: data)).inputs[0]
                .data
        else { Issue.record("wrong type"); return }
        let wrongDoubles = zip(texts, doubles).filter { Double($0)?.bitPattern != $1.bitPattern }
        let wrongFloats = zip(texts, floats).filter { Float($0)?.bitPattern != $1.bitPattern }
        #expect(wrongDoubles.isEmpty, "\(wrongDoubles.prefix(3))")
        #expect(wrongFloats.isEmpty, "\(wrongFloats.prefix(3))")
    }

    @Test(
        "of text is read with its escapes",
        arguments: [
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\ud83d\ude00é""#, "😀é"), (#""\u0000""#, "\0"), (#""日本""#, "日本"),
        ])
    func strings(text: String, expected: String) throws {
        #expect(
            try parse(body(datatype: "BYTES", shape: "[1]", data: "[\(text)]")).inputs[0].data
                == .bytes([Array(expected.utf8)]))
    }
}

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        // SplitMix64 (Steele, Lea, Flood 2014).
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
