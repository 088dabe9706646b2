internal import SlipwayCore

extension TensorValues {
    /// Some of the elements.
    func elements(_ range: Range<Int>) -> TensorValues {
        switch self {
        case .bool(let values): .bool(Array(values[range]))
        case .uint8(let values): .uint8(Array(values[range]))
        case .uint16(let values): .uint16(Array(values[range]))
        case .uint32(let values): .uint32(Array(values[range]))
        case .uint64(let values): .uint64(Array(values[range]))
        case .int8(let values): .int8(Array(values[range]))
        case .int16(let values): .int16(Array(values[range]))
        case .int32(let values): .int32(Array(values[range]))
        case .int64(let values): .int64(Array(values[range]))
        case .float16(let values): .float16(Array(values[range]))
        case .float32(let values): .float32(Array(values[range]))
        case .float64(let values): .float64(Array(values[range]))
        case .string(let values): .string(Array(values[range]))
        }
    }

    /// The elements of all parts, which have the type of the first, one after another.
    ///
    /// - Parameter count: The number of elements in all.
    static func joined(_ parts: some Collection<TensorValues>, count: Int) -> TensorValues {
        func gather<Element>(_ elements: (TensorValues) -> [Element]?) -> [Element] {
            var all: [Element] = []
            all.reserveCapacity(count)
            for part in parts { if let values = elements(part) { all.append(contentsOf: values) } }
            return all
        }
        switch parts.first {
        case .bool: return .bool(gather { if case .bool(let values) = $0 { values } else { nil } })
        case .uint8: return .uint8(gather { if case .uint8(let values) = $0 { values } else { nil } })
        case .uint16: return .uint16(gather { if case .uint16(let values) = $0 { values } else { nil } })
        case .uint32: return .uint32(gather { if case .uint32(let values) = $0 { values } else { nil } })
        case .uint64: return .uint64(gather { if case .uint64(let values) = $0 { values } else { nil } })
        case .int8: return .int8(gather { if case .int8(let values) = $0 { values } else { nil } })
        case .int16: return .int16(gather { if case .int16(let values) = $0 { values } else { nil } })
        case .int32: return .int32(gather { if case .int32(let values) = $0 { values } else { nil } })
        case .int64: return .int64(gather { if case .int64(let values) = $0 { values } else { nil } })
        case .float16: return .float16(gather { if case .float16(let values) = $0 { values } else { nil } })
        case .float32, nil: return .float32(gather { if case .float32(let values) = $0 { values } else { nil } })
        case .float64: return .float64(gather { if case .float64(let values) = $0 { values } else { nil } })
        case .string: return .string(gather { if case .string(let values) = $0 { values } else { nil } })
        }
    }
}
