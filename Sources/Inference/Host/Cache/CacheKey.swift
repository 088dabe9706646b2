internal import Crypto
internal import SlipwayCore

/// What a request asks, in 256 bits (SHA-256): the version, the wanted outputs, and the inputs to the last bit.
struct CacheKey: Sendable, Hashable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// - Parameter inputs: In the signature's order.
    init(source: ModelSource, inputs: [Tensor], outputs: [String]?) {
        var hasher = KeyHasher()
        hasher.add(source.sha256 ?? source.path)
        hasher.add(outputs == nil ? -1 : outputs?.count ?? 0)
        for name in outputs ?? [] { hasher.add(name) }
        hasher.add(inputs.count)
        for tensor in inputs {
            hasher.add(tensor.name)
            hasher.add(tensor.type.rawValue)
            hasher.add(tensor.shape.count)
            for size in tensor.shape { hasher.add(size) }
            hasher.add(tensor.values)
        }
        words = hasher.finish()
    }

    static func == (left: CacheKey, right: CacheKey) -> Bool {
        left.words == right.words
    }

    func hash(into hasher: inout Hasher) {
        // Each quarter of the digest is as good as a hash of the whole.
        hasher.combine(words.0)
    }
}

/// Every part goes in with its length, so that no two requests are the same bytes.
private struct KeyHasher {
    private var hasher = SHA256()

    mutating func add(_ number: Int) {
        withUnsafeBytes(of: Int64(number).littleEndian) { hasher.update(bufferPointer: $0) }
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            add(bytes.count)
            hasher.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        }
    }

    mutating func add(_ values: TensorValues) {
        add(values.count)
        switch values {
        case .bool(let values): add(values)
        case .uint8(let values): add(values)
        case .uint16(let values): add(values)
        case .uint32(let values): add(values)
        case .uint64(let values): add(values)
        case .int8(let values): add(values)
        case .int16(let values): add(values)
        case .int32(let values): add(values)
        case .int64(let values): add(values)
        case .float16(let values): add(values)
        case .float32(let values): add(values)
        case .float64(let values): add(values)
        case .string(let values):
            for value in values {
                add(value.count)
                add(value)
            }
        }
    }

    private mutating func add<Element: BitwiseCopyable>(_ values: [Element]) {
        values.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    }

    func finish() -> (UInt64, UInt64, UInt64, UInt64) {
        hasher.finalize().withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self) }
    }
}
