import NIOCore
import SlipwayCore
import SlipwayServices

/// Writes what a model said as `PredictionAnswer` reads it.
///
/// Rows of numbers are most of it, and Foundation's encoder takes a hundred times as long over them.
struct PredictionWriter {
    private var bytes: [UInt8] = []

    static func json(_ prediction: Prediction) -> ByteBuffer {
        var writer = PredictionWriter()
        writer.write(prediction)
        return ByteBuffer(bytes: writer.bytes)
    }

    private mutating func write(_ prediction: Prediction) {
        bytes.reserveCapacity(256 + 12 * prediction.outputs.reduce(0) { $0 + $1.values.count })
        text("{\"model\":")
        string(prediction.version.name)
        text(",\"version\":\(prediction.version.version),\"digest\":")
        string(prediction.version.sha256)
        text(",\"predictions\":")
        if let first = prediction.outputs.first { rows(of: first) } else { text("[]") }
        if let labels = prediction.labels {
            text(",\"labels\":")
            list(labels) { writer, label in writer.string(label) }
        }
        if let top = prediction.top {
            text(",\"top\":")
            list(top) { writer, row in
                writer.list(row) { writer, label in
                    writer.text("{\"label\":")
                    writer.string(label.label)
                    writer.text(",\"score\":")
                    writer.number(label.score)
                    writer.text("}")
                }
            }
        }
        text(",\"outputs\":{")
        for (index, output) in prediction.outputs.enumerated() {
            if index > 0 { text(",") }
            string(output.name)
            text(":")
            tensor(output)
        }
        text("}}")
    }

    /// The output as a list of rows, also where it is a single value.
    private mutating func rows(of output: Tensor) {
        if output.shape.isEmpty { text("[") }
        tensor(output)
        if output.shape.isEmpty { text("]") }
    }

    private mutating func tensor(_ tensor: Tensor) {
        let shape = tensor.shape
        switch tensor.values {
        case .bool(let values): nested(values, shape) { $0.text($1 ? "true" : "false") }
        case .uint8(let values): nested(values, shape) { $0.integer($1) }
        case .uint16(let values): nested(values, shape) { $0.integer($1) }
        case .uint32(let values): nested(values, shape) { $0.integer($1) }
        case .uint64(let values): nested(values, shape) { $0.integer($1) }
        case .int8(let values): nested(values, shape) { $0.integer($1) }
        case .int16(let values): nested(values, shape) { $0.integer($1) }
        case .int32(let values): nested(values, shape) { $0.integer($1) }
        case .int64(let values): nested(values, shape) { $0.integer($1) }
        case .float16(let values): nested(values, shape) { $0.number($1) }
        case .float32(let values): nested(values, shape) { $0.number($1) }
        case .float64(let values): nested(values, shape) { $0.number($1) }
        case .string(let values): nested(values, shape) { $0.string(String(decoding: $1, as: UTF8.self)) }
        }
    }

    /// Row-major elements as arrays in arrays.
    @inline(__always)
    private mutating func nested<Element>(
        _ elements: [Element], _ shape: [Int], _ write: (inout PredictionWriter, Element) -> Void
    ) {
        var index = 0
        nested(elements, shape[...], &index, write)
    }

    private mutating func nested<Element>(
        _ elements: [Element], _ shape: ArraySlice<Int>, _ index: inout Int,
        _ write: (inout PredictionWriter, Element) -> Void
    ) {
        guard let count = shape.first else {
            write(&self, elements[index])
            index += 1
            return
        }
        text("[")
        for place in 0..<count {
            if place > 0 { text(",") }
            if shape.count == 1 {
                write(&self, elements[index])
                index += 1
            } else {
                nested(elements, shape.dropFirst(), &index, write)
            }
        }
        text("]")
    }

    private mutating func list<Element>(_ elements: [Element], _ write: (inout PredictionWriter, Element) -> Void) {
        text("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { text(",") }
            write(&self, element)
        }
        text("]")
    }

    private mutating func integer(_ value: some FixedWidthInteger) { text(value.description) }

    /// The shortest decimal that reads back to the same value; JSON has no word for what is not finite.
    @inline(__always)
    private mutating func number<Value: BinaryFloatingPoint & CustomStringConvertible>(_ value: Value) {
        text(value.isFinite ? value.description : "null")
    }

    @inline(__always)
    private mutating func text(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// A JSON string, with what RFC 8259 section 7 wants escaped.
    private mutating func string(_ string: String) {
        text("\"")
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): text("\\\"")
            case UInt8(ascii: "\\"): text("\\\\")
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                text("\\u00\(byte < 0x10 ? "0" : "")\(digits)")
            default: bytes.append(byte)
            }
        }
        text("\"")
    }
}
