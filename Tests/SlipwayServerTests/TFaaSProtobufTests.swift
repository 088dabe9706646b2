import Testing

@testable import SlipwayDialects

@Suite("TFaaS's messages")
struct TFaaSProtobufTests {
    /// What Python's protobuf 6 writes for keys `attr1` and `ключ`, values 1.1, −2.5 and 0, model `luca_1`.
    private static let row: [UInt8] = [
        0x0A, 0x05, 0x61, 0x74, 0x74, 0x72, 0x31,
        0x0A, 0x08, 0xD0, 0xBA, 0xD0, 0xBB, 0xD1, 0x8E, 0xD1, 0x87,
        0x12, 0x0C, 0xCD, 0xCC, 0x8C, 0x3F, 0x00, 0x00, 0x20, 0xC0, 0x00, 0x00, 0x00, 0x00,
        0x1A, 0x06, 0x6C, 0x75, 0x63, 0x61, 0x5F, 0x31,
    ]

    @Test("A row that Python wrote is read")
    func read() throws {
        let row = try TFaaSRow(protobuf: Self.row)
        #expect(row.keys == ["attr1", "ключ"])
        #expect(row.values == [1.1, -2.5, 0])
        #expect(row.model == "luca_1")
        #expect(try TFaaSRow(protobuf: []) == TFaaSRow())
    }

    @Test("Values that are not packed, as version 2 writes them, are read too, and unknown fields skipped")
    func unpacked() throws {
        let values: [UInt8] = [0x15, 0xCD, 0xCC, 0x8C, 0x3F, 0x15, 0x00, 0x00, 0x20, 0xC0]
        // Field 9 as a varint, a fixed 64-bit number, bytes and a fixed 32-bit number; field 536870911 is the last.
        let unknown: [UInt8] = [
            0x48, 0xFF, 0x01, 0x49, 1, 2, 3, 4, 5, 6, 7, 8, 0x4A, 2, 0xFF, 0xFE, 0x4D, 1, 2, 3, 4,
            0xF8, 0xFF, 0xFF, 0xFF, 0x0F, 0x07,
        ]
        #expect(try TFaaSRow(protobuf: unknown + values + unknown).values == [1.1, -2.5])
    }

    @Test("A row that is cut off is refused, wherever that is within a field")
    func cutOff() {
        let ends = [0, 7, 17, 31, Self.row.count]
        for length in 0...Self.row.count {
            let row = try? TFaaSRow(protobuf: Array(Self.row.prefix(length)))
            #expect((row != nil) == ends.contains(length), "cut at \(length)")
        }
    }

    @Test(
        "What is no row is refused, and says why",
        arguments: [
            ([0x0B], "wire type 3"), ([0x0F, 1], "wire type 7"), ([0x02, 0], "number 0"),
            ([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], "ends within a field"),
            ([0x48] + [UInt8](repeating: 0xFF, count: 11), "more than ten bytes"),
            ([0x0A, 1, 0xFF], "key that is not UTF-8"), ([0x1A, 1, 0x80], "model that is not UTF-8"),
            ([0x12, 3, 0, 0, 0], "ends within a field"), ([0x08, 1], "field 1 in another type"),
            ([0x1D, 0, 0, 0, 0], "field 3 in another type"),
        ] as [([UInt8], String)])
    func refused(_ bytes: [UInt8], _ words: String) {
        let fault = #expect(throws: Protobuf.Fault.self) { try TFaaSRow(protobuf: bytes) }
        #expect(fault?.problem.contains(words) == true, "\(fault?.problem ?? "")")
    }

    @Test("Predictions are the bytes that Python's protobuf writes")
    func written() {
        let predictions = TFaaSPredictions(classes: [
            ("higgs", 0.75), ("", 0.08601278), ("qcd", 0), ("", 0), ("", -0.0),
        ])
        #expect(
            predictions.protobuf == [
                0x0A, 0x0C, 0x0A, 0x05, 0x68, 0x69, 0x67, 0x67, 0x73, 0x15, 0x00, 0x00, 0x40, 0x3F,
                0x0A, 0x05, 0x15, 0x78, 0x27, 0xB0, 0x3D,
                0x0A, 0x05, 0x0A, 0x03, 0x71, 0x63, 0x64,
                0x0A, 0x00,
                0x0A, 0x05, 0x15, 0x00, 0x00, 0x00, 0x80,
            ])
    }

    @Test("A message longer than 127 bytes has its length in two")
    func long() throws {
        let label = String(repeating: "x", count: 300)
        let bytes = TFaaSPredictions(classes: [(label, 1)]).protobuf
        // 300 in two bytes, and 308 around it.
        #expect(Array(bytes.prefix(6)) == [0x0A, 0xB4, 0x02, 0x0A, 0xAC, 0x02])
        #expect(bytes.count == 311)
    }
}
