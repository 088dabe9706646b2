internal import SlipwayCore

/// `golden.json` on disk: tensors in the form of the Open Inference Protocol, or values by the tensors' names.
///
/// Wants the model's signature in the decoder's `userInfo`, which gives the elements their types.
struct GoldenDocument: Decodable {
    let sample: GoldenSample

    private enum CodingKeys: String, CodingKey {
        case inputs, outputs, tolerance
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        guard let signature = decoder.userInfo[.signature] as? ModelSignature else {
            preconditionFailure("a golden sample is read with its model's signature")
        }
        let inputs = try Self.tensors(members, .inputs, signature.inputs)
        let outputs = try Self.tensors(members, .outputs, signature.outputs)
        let tolerance = try members.decodeIfPresent(Double.self, forKey: .tolerance)
        if let tolerance, !(tolerance.isFinite && tolerance >= 0) {
            throw DecodingError.dataCorruptedError(
                forKey: .tolerance, in: members, debugDescription: "it must be 0 or more")
        }
        guard Set(inputs.map(\.name)) == Set(signature.inputs.map(\.name)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .inputs, in: members,
                debugDescription: "the model's inputs are \(signature.inputs.map(\.name).joined(separator: ", "))")
        }
        guard !outputs.isEmpty else {
            throw DecodingError.dataCorruptedError(
                forKey: .outputs, in: members, debugDescription: "at least one output is wanted")
        }
        sample =
            tolerance.map { GoldenSample(inputs: inputs, outputs: outputs, tolerance: $0) }
            ?? GoldenSample(inputs: inputs, outputs: outputs)
    }

    private static func tensors(
        _ members: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys, _ specifications: [TensorSpecification]
    ) throws -> [Tensor] {
        func specification(_ name: String, _ path: [any CodingKey]) throws -> TensorSpecification {
            guard let found = specifications.first(where: { $0.name == name }) else {
                let known = specifications.map(\.name).joined(separator: ", ")
                throw DecodingError.dataCorrupted(
                    .init(codingPath: path, debugDescription: "the model has no \"\(name)\"; it has \(known)"))
            }
            return found
        }
        if var list = try? members.nestedUnkeyedContainer(forKey: key) {
            var tensors: [Tensor] = []
            while !list.isAtEnd {
                let path = list.codingPath + [TensorKey(index: list.currentIndex)]
                let tensor = try list.nestedContainer(keyedBy: TensorKey.self)
                let wanted = try specification(tensor.decode(String.self, forKey: .name), path)
                let datatype = try tensor.decodeIfPresent(String.self, forKey: .datatype)
                guard datatype == nil || datatype == wanted.type.rawValue else {
                    throw DecodingError.dataCorrupted(
                        .init(codingPath: path, debugDescription: "its datatype must be \(wanted.type.rawValue)"))
                }
                let shape = try tensor.decodeIfPresent([Int].self, forKey: .shape)
                tensors.append(try Self.tensor(tensor, .data, wanted, shape: shape))
            }
            return tensors
        }
        let named = try members.nestedContainer(keyedBy: TensorKey.self, forKey: key)
        return try named.allKeys.sorted { $0.stringValue < $1.stringValue }.map { name in
            try tensor(named, name, specification(name.stringValue, named.codingPath + [name]), shape: nil)
        }
    }

    private static func tensor(
        _ members: KeyedDecodingContainer<TensorKey>, _ key: TensorKey, _ specification: TensorSpecification,
        shape: [Int]?
    ) throws -> Tensor {
        func read<Element: Decodable>(_ type: Element.Type) throws -> (shape: [Int], elements: [Element]) {
            let list = try members.decode(NestedList<Element>.self, forKey: key)
            return (list.shape, list.elements)
        }
        func make<Element: Decodable, Stored>(
            _ wrap: ([Stored]) -> TensorValues, _ convert: (Element) -> Stored
        ) throws -> (shape: [Int], values: TensorValues) {
            let (shape, elements) = try read(Element.self)
            return (shape, wrap(elements.map(convert)))
        }
        let found =
            switch specification.type {
            case .bool: try make(TensorValues.bool) { (value: Bool) in value }
            case .uint8: try make(TensorValues.uint8) { (value: UInt8) in value }
            case .uint16: try make(TensorValues.uint16) { (value: UInt16) in value }
            case .uint32: try make(TensorValues.uint32) { (value: UInt32) in value }
            case .uint64: try make(TensorValues.uint64) { (value: UInt64) in value }
            case .int8: try make(TensorValues.int8) { (value: Int8) in value }
            case .int16: try make(TensorValues.int16) { (value: Int16) in value }
            case .int32: try make(TensorValues.int32) { (value: Int32) in value }
            case .int64: try make(TensorValues.int64) { (value: Int64) in value }
            case .float16: try make(TensorValues.float16) { (value: Double) in Float16(value) }
            case .float32: try make(TensorValues.float32) { (value: Double) in Float(value) }
            case .float64: try make(TensorValues.float64) { (value: Double) in value }
            case .string: try make(TensorValues.string) { (value: String) in Array(value.utf8) }
            }
        let shape = shape ?? found.shape
        let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: max($1, -1)).partialValue }
        let fits =
            shape.allSatisfy { $0 >= 0 } && count == found.values.count && shape.count == specification.shape.count
            && zip(shape, specification.shape).allSatisfy { $1 < 0 || $0 == $1 }
        guard fits else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: members,
                debugDescription:
                    "\(found.values.count) elements in the shape \(shape) do not fit \(specification.shape)"
            )
        }
        return Tensor(name: specification.name, shape: shape, values: found.values)
    }
}

/// A member of a tensor's object, or a tensor's name.
private struct TensorKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) { self.init(index: intValue) }

    init(index: Int) {
        stringValue = String(index)
        intValue = index
    }

    static let name = TensorKey(stringValue: "name")
    static let datatype = TensorKey(stringValue: "datatype")
    static let shape = TensorKey(stringValue: "shape")
    static let data = TensorKey(stringValue: "data")
}
