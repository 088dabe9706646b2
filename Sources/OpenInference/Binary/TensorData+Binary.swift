#if _endian(big)
#error("binary tensors are little-endian and copied as they are")
#endif

extension TensorData {
    /// Copies elements in the binary form: little-endian, packed; BOOL as one byte; BYTES as a uint32 length and the
    /// bytes, each.
    ///
    /// - Throws: `invalid` where the bytes are not exactly `count` elements.
    init(binary bytes: UnsafeRawBufferPointer, _ datatype: Datatype, count: Int) throws {
        self =
            switch datatype {
            // Any byte but zero is true; a Swift Bool holds only 0 and 1.
            case .bool: .bool(try Self.numbers(bytes, count, of: UInt8.self).map { $0 != 0 })
            case .uint8: .uint8(try Self.numbers(bytes, count))
            case .uint16: .uint16(try Self.numbers(bytes, count))
            case .uint32: .uint32(try Self.numbers(bytes, count))
            case .uint64: .uint64(try Self.numbers(bytes, count))
            case .int8: .int8(try Self.numbers(bytes, count))
            case .int16: .int16(try Self.numbers(bytes, count))
            case .int32: .int32(try Self.numbers(bytes, count))
            case .int64: .int64(try Self.numbers(bytes, count))
            case .fp16: .fp16(try Self.numbers(bytes, count))
            case .fp32: .fp32(try Self.numbers(bytes, count))
            case .fp64: .fp64(try Self.numbers(bytes, count))
            case .bytes: .bytes(try Self.strings(bytes, count))
            }
    }

    private static func numbers<Element: BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, of type: Element.Type = Element.self
    ) throws -> [Element] {
        let (size, isTooLarge) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.size)
        guard !isTooLarge, size == bytes.count else {
            throw OpenInferenceError(
                .invalid, "has \(bytes.count) bytes of binary data where \(count) elements take \(size)")
        }
        return Array(unsafeUninitializedCapacity: count) { elements, initialized in
            UnsafeMutableRawBufferPointer(elements).copyMemory(from: bytes)
            initialized = count
        }
    }

    private static func strings(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws -> [[UInt8]] {
        let lengthSize = MemoryLayout<UInt32>.size
        // The count is only a claim: an element takes at least its length's bytes.
        guard count <= bytes.count / lengthSize else { throw stringsFault(bytes, count, "end early") }
        var strings: [[UInt8]] = []
        strings.reserveCapacity(count)
        var offset = 0
        for _ in 0..<count {
            guard bytes.count - offset >= lengthSize else { throw stringsFault(bytes, count, "end early") }
            let length = Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            offset += lengthSize
            guard bytes.count - offset >= length else { throw stringsFault(bytes, count, "end early") }
            strings.append(Array(bytes[offset..<(offset + length)]))
            offset += length
        }
        guard offset == bytes.count else { throw stringsFault(bytes, count, "go on after the last") }
        return strings
    }

    private static func stringsFault(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, _ fault: String
    ) -> OpenInferenceError {
        OpenInferenceError(
            .invalid,
            "has \(bytes.count) bytes of binary data, which \(fault): \(count) elements are wanted, each a uint32 length and "
                + "so many bytes")
    }
}
