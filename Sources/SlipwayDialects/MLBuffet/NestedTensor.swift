import SlipwayCore

/// A tensor as nested lists, one level a dimension.
struct NestedTensor: Encodable, Sendable {
    let tensor: Tensor

    func encode(to encoder: any Encoder) throws {
        switch tensor.values {
        case .bool(let values): try encode(values, to: encoder)
        case .uint8(let values): try encode(values, to: encoder)
        case .uint16(let values): try encode(values, to: encoder)
        case .uint32(let values): try encode(values, to: encoder)
        case .uint64(let values): try encode(values, to: encoder)
        case .int8(let values): try encode(values, to: encoder)
        case .int16(let values): try encode(values, to: encoder)
        case .int32(let values): try encode(values, to: encoder)
        case .int64(let values): try encode(values, to: encoder)
        // JSON has no word for what is no number: null stands for it.
        case .float16(let values): try encode(values.map { $0.isFinite ? Float($0) : nil }, to: encoder)
        case .float32(let values): try encode(values.map { $0.isFinite ? $0 : nil }, to: encoder)
        case .float64(let values): try encode(values.map { $0.isFinite ? $0 : nil }, to: encoder)
        case .string(let values): try encode(values.map { String(decoding: $0, as: UTF8.self) }, to: encoder)
        }
    }

    private func encode<Element: Encodable>(_ elements: [Element], to encoder: any Encoder) throws {
        if tensor.shape.isEmpty, let scalar = elements.first {
            // `values` is always a list.
            var list = encoder.unkeyedContainer()
            return try list.encode(scalar)
        }
        try List(elements: elements[...], shape: tensor.shape[...]).encode(to: encoder)
    }

    private struct List<Element: Encodable>: Encodable {
        let elements: ArraySlice<Element>
        let shape: ArraySlice<Int>

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            guard shape.count > 1, let count = shape.first else {
                for element in elements { try list.encode(element) }
                return
            }
            let width = count == 0 ? 0 : elements.count / count
            for index in 0..<count {
                let start = elements.startIndex + index * width
                try list.encode(List(elements: elements[start..<start + width], shape: shape.dropFirst()))
            }
        }
    }
}
