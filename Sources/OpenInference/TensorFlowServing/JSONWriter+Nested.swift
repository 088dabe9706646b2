extension JSONWriter {
    /// Writes a part of an output as nested arrays; without dimensions, as its bare element.
    mutating func nested(_ output: InferenceOutput, _ shape: ArraySlice<Int>, _ range: Range<Int>) {
        switch output.data {
        case .bool(let values): nest(values[range], shape) { $0.append($1 ? "true" : "false") }
        case .uint8(let values): nest(values[range], shape) { $0.integer($1) }
        case .uint16(let values): nest(values[range], shape) { $0.integer($1) }
        case .uint32(let values): nest(values[range], shape) { $0.integer($1) }
        case .uint64(let values): nest(values[range], shape) { $0.integer($1) }
        case .int8(let values): nest(values[range], shape) { $0.integer($1) }
        case .int16(let values): nest(values[range], shape) { $0.integer($1) }
        case .int32(let values): nest(values[range], shape) { $0.integer($1) }
        case .int64(let values): nest(values[range], shape) { $0.integer($1) }
        case .fp16(let values): nest(values[range], shape) { $0.number($1) }
        case .fp32(let values): nest(values[range], shape) { $0.number($1) }
        case .fp64(let values): nest(values[range], shape) { $0.number($1) }
        case .bytes(let values):
            let isBinary = output.name.hasSuffix("_bytes")
            nest(values[range], shape) { writer, value in
                if isBinary || !writer.string(bytes: value) { writer.base64(value) }
            }
        }
    }

    private mutating func nest<Element>(
        _ values: ArraySlice<Element>, _ shape: ArraySlice<Int>, _ write: (inout JSONWriter, Element) -> Void
    ) {
        guard let rows = shape.first else {
            for value in values { write(&self, value) }
            return
        }
        guard shape.count > 1 else { return array(values, write) }
        let width = rows == 0 ? 0 : values.count / rows
        append(byte: UInt8(ascii: "["))
        for row in 0..<rows {
            if row > 0 { append(byte: UInt8(ascii: ",")) }
            let start = values.startIndex + row * width
            nest(values[start..<(start + width)], shape.dropFirst(), write)
        }
        append(byte: UInt8(ascii: "]"))
    }

    private mutating func base64(_ bytes: [UInt8]) {
        append("{\"b64\":\"")
        Base64.encode(bytes).withUnsafeBufferPointer { append(contentsOf: $0) }
        append("\"}")
    }
}
