extension JSONScanner {
    /// Reads a tensor's `data`, flat or nested to the tensor's shape.
    mutating func scanTensorData(_ datatype: Datatype, shape: [Int], elementCount: Int) throws -> TensorData {
        switch datatype {
        case .bool: .bool(try scanElements(shape, elementCount))
        case .uint8: .uint8(try scanElements(shape, elementCount))
        case .uint16: .uint16(try scanElements(shape, elementCount))
        case .uint32: .uint32(try scanElements(shape, elementCount))
        case .uint64: .uint64(try scanElements(shape, elementCount))
        case .int8: .int8(try scanElements(shape, elementCount))
        case .int16: .int16(try scanElements(shape, elementCount))
        case .int32: .int32(try scanElements(shape, elementCount))
        case .int64: .int64(try scanElements(shape, elementCount))
        case .fp16: .fp16(try scanElements(shape, elementCount))
        case .fp32: .fp32(try scanElements(shape, elementCount))
        case .fp64: .fp64(try scanElements(shape, elementCount))
        case .bytes: .bytes(try scanElements(shape, elementCount))
        }
    }

    private mutating func scanElements<Element: TensorElement>(
        _ shape: [Int], _ elementCount: Int
    ) throws -> [Element] {
        skipSpace()
        let start = offset
        var elements: [Element] = []
        // A shape is only a claim: an element takes at least two bytes of the body.
        elements.reserveCapacity(min(elementCount, (bytes.count - offset) / 2))
        var nesting = Nesting()
        try scanRows(depth: 0, nesting: &nesting, into: &elements)

        let isEmptyForm = elementCount == 0 && elements.isEmpty && nesting.isEmptyForm(of: shape)
        guard nesting.isFlat(elementCount) || nesting.spells(shape) || isEmptyForm else {
            throw OpenInferenceError(
                .invalid,
                "data has the form \(nesting.shape) (\(elements.count) elements); the shape \(shape) wants "
                    + "\(elementCount) elements, nested to that shape or flat",
                offset: start)
        }
        return elements
    }

    /// Reads nested arrays down to their elements.
    mutating func scanRows<Element: TensorElement>(
        depth: Int, nesting: inout Nesting, into elements: inout [Element]
    ) throws {
        guard current == UInt8(ascii: "[") else { throw unexpected("\"[\" to open a tensor's data") }
        try checkDepth(depth)
        let start = offset
        offset += 1
        skipSpace()
        var length = 0
        let holdsElements = current != UInt8(ascii: "[")
        if current == UInt8(ascii: "]") {
            offset += 1
        } else if holdsElements {
            length = try scanRow(into: &elements)
        } else {
            repeat {
                skipSpace()
                try scanRows(depth: depth + 1, nesting: &nesting, into: &elements)
                length += 1
            } while skip(",")
            try expect("]", "or \",\" in a tensor's data")
        }
        if let fault = nesting.rowEnded(depth: depth, length: length, holdsElements: holdsElements) {
            throw OpenInferenceError(.invalid, "data is not rectangular: \(fault)", offset: start)
        }
    }

    /// Reads elements up to and with the closing bracket; returns how many.
    @inline(__always)
    private mutating func scanRow<Element: TensorElement>(into elements: inout [Element]) throws -> Int {
        let before = elements.count
        while true {
            elements.append(try Element.scan(&self))
            skipSpace()
            switch current {
            case UInt8(ascii: ","):
                offset += 1
                skipSpace()
            case UInt8(ascii: "]"):
                offset += 1
                return elements.count - before
            default:
                throw unexpected("\"]\" or \",\" after an element of a tensor's data")
            }
        }
    }
}
