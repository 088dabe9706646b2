/// Reads the values that one input has in a request, whose type the model gives and whose shape they show themselves.
protocol ItemReading {
    /// How many have been read.
    var count: Int { get }
    /// The shape that all of them have; empty for plain values.
    var itemShape: [Int] { get }
    /// The elements of all of them, one after another.
    var data: TensorData { get }
    /// Reads one: a plain value, or nested arrays of them.
    ///
    /// - Throws: `invalid` where it has another shape than the first.
    mutating func read(_ scanner: inout JSONScanner) throws
}

struct ItemReader<Element: TensorElement>: ItemReading {
    private let wrap: ([Element]) -> TensorData
    private var elements: [Element] = []
    private var shape: [Int]?
    private(set) var count = 0

    init(_ wrap: @escaping ([Element]) -> TensorData) {
        self.wrap = wrap
    }

    var itemShape: [Int] { shape ?? [] }
    var data: TensorData { wrap(elements) }

    mutating func read(_ scanner: inout JSONScanner) throws {
        scanner.skipSpace()
        let start = scanner.offset
        var found: [Int] = []
        if scanner.current == UInt8(ascii: "[") {
            var nesting = Nesting()
            try scanner.scanRows(depth: 0, nesting: &nesting, into: &elements)
            found = nesting.shape
        } else {
            elements.append(try Element.scan(&scanner))
        }
        count += 1
        if let shape, shape != found {
            throw OpenInferenceError(
                .invalid, "has the shape \(found) where an earlier one has \(shape)", offset: start)
        }
        shape = found
    }
}

extension Datatype {
    /// A reader for elements of this type.
    var itemReader: any ItemReading {
        switch self {
        case .bool: ItemReader(TensorData.bool)
        case .uint8: ItemReader(TensorData.uint8)
        case .uint16: ItemReader(TensorData.uint16)
        case .uint32: ItemReader(TensorData.uint32)
        case .uint64: ItemReader(TensorData.uint64)
        case .int8: ItemReader(TensorData.int8)
        case .int16: ItemReader(TensorData.int16)
        case .int32: ItemReader(TensorData.int32)
        case .int64: ItemReader(TensorData.int64)
        case .fp16: ItemReader(TensorData.fp16)
        case .fp32: ItemReader(TensorData.fp32)
        case .fp64: ItemReader(TensorData.fp64)
        case .bytes: ItemReader<TextOrBase64> { .bytes($0.map(\.bytes)) }
        }
    }
}
