/// A model's inputs while a predict request fills them.
struct NamedTensors {
    private let specifications: [TensorMetadata]
    private let places: [String: Int]
    private var readers: [any ItemReading]

    init(_ specifications: [TensorMetadata]) {
        self.specifications = specifications
        places = Dictionary(specifications.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
        readers = specifications.map(\.datatype.itemReader)
    }

    /// The tensors that have been read.
    func inputs(_ format: PredictRequest.Format) -> [InferenceInput] {
        zip(specifications, readers).map { specification, reader in
            let shape = format == .row ? [reader.count] + reader.itemShape : reader.itemShape
            return InferenceInput(name: specification.name, shape: shape, data: reader.data)
        }
    }

    /// Reads `instances`: an array of values where the model has one input, or of objects of named values.
    mutating func readInstances(_ scanner: inout JSONScanner) throws {
        let start = scanner.offset
        var count = 0
        var areObjects: Bool?
        try scanner.scanArray("\"instances\"") { scanner in
            let label = "instances[\(count)]"
            let isObject = scanner.current == UInt8(ascii: "{") && !scanner.isAtBase64
            guard areObjects == nil || areObjects == isObject else {
                throw OpenInferenceError(
                    .invalid, "\(label): instances are either all objects of named values or all plain values",
                    offset: scanner.offset)
            }
            areObjects = isObject
            if isObject {
                try readObject(label, &scanner)
            } else {
                try readOnly(label, &scanner)
            }
            count += 1
        }
        guard count > 0 else {
            throw OpenInferenceError(.invalid, "\"instances\" is empty; it wants one value a row", offset: start)
        }
    }

    /// Reads `inputs`: a whole tensor where the model has one input, or an object of named ones.
    mutating func readInputs(_ scanner: inout JSONScanner) throws {
        if scanner.current == UInt8(ascii: "{"), !scanner.isAtBase64 {
            try readObject("\"inputs\"", &scanner)
        } else {
            try readOnly("\"inputs\"", &scanner)
        }
    }

    private mutating func readOnly(_ label: String, _ scanner: inout JSONScanner) throws {
        guard readers.count == 1 else {
            throw OpenInferenceError(
                .invalid, "\(label) must be an object with the model's inputs: \(names)", offset: scanner.offset)
        }
        try read(0, label, &scanner)
    }

    private mutating func readObject(_ label: String, _ scanner: inout JSONScanner) throws {
        let start = scanner.offset
        var found: Set<Int> = []
        try scanner.scanObject(label) { scanner, key in
            guard let place = places[key.text] else {
                throw OpenInferenceError(
                    .invalid, "\(label): the model has no input \"\(key.text.prefix(60))\"; it has \(names)",
                    offset: scanner.offset)
            }
            found.insert(place)
            try read(place, label, &scanner)
        }
        if let missing = readers.indices.first(where: { !found.contains($0) }) {
            throw OpenInferenceError(
                .invalid, "\(label) lacks the input \"\(specifications[missing].name)\"; the model has \(names)",
                offset: start)
        }
    }

    private mutating func read(_ place: Int, _ label: String, _ scanner: inout JSONScanner) throws {
        do {
            try readers[place].read(&scanner)
        } catch let error as OpenInferenceError {
            let specification = specifications[place]
            throw OpenInferenceError(
                error.code,
                "\(label), the input \"\(specification.name)\" (\(specification.datatype.rawValue)): \(error.message)",
                offset: error.offset)
        }
    }

    private var names: String { specifications.map { "\"\($0.name)\"" }.joined(separator: ", ") }
}
