extension JSONScanner {
    /// The members of an input as far as they have been read.
    private struct InputMembers {
        let index: Int
        var name: String?
        var shape: [Int]?
        var datatype: Datatype?
        var parameters: [String: ParameterValue] = [:]
        var data: TensorData?
        var dataOffset: Int?

        /// How messages call the input.
        var label: String { name.map { "the input \"\($0)\"" } ?? "inputs[\(index)]" }
    }

    mutating func scanInputs() throws -> [InferenceInput] {
        var inputs: [InferenceInput] = []
        var names = DistinctNames()
        try scanArray("inputs") { scanner in
            let start = scanner.offset
            let input = try scanner.scanInput(index: inputs.count)
            guard names.insert(input.name) else {
                throw OpenInferenceError(.invalid, "the input \"\(input.name)\" is given twice", offset: start)
            }
            inputs.append(input)
        }
        return inputs
    }

    private mutating func scanInput(index: Int) throws -> InferenceInput {
        let start = offset
        var members = InputMembers(index: index)
        try scanObject("inputs[\(index)]") { scanner, key in
            switch key {
            case "name": members.name = try scanner.scanString()
            case "shape": members.shape = try scanner.scanShape(members)
            case "datatype": members.datatype = try scanner.scanDatatype(members)
            case "parameters": members.parameters = try scanner.scanParameters()
            case "data":
                members.dataOffset = scanner.offset
                // Members come in any order: data before its type and shape is read again when they are known.
                guard let shape = members.shape, let datatype = members.datatype else {
                    return try scanner.skipValue()
                }
                members.data = try scanner.scanData(members, datatype, shape)
            default: try scanner.skipValue()
            }
        }
        guard let name = members.name else { throw Self.missing("name", "inputs[\(index)]", start) }
        guard let shape = members.shape else { throw Self.missing("shape", members.label, start) }
        guard let datatype = members.datatype else { throw Self.missing("datatype", members.label, start) }
        let data = try data(of: members, datatype, shape, at: start)
        return InferenceInput(name: name, shape: shape, data: data, parameters: members.parameters)
    }

    private mutating func data(
        of members: InputMembers, _ datatype: Datatype, _ shape: [Int], at start: Int
    ) throws -> TensorData {
        if !members.parameters.isEmpty {
            if let size = members.parameters["binary_data_size"] {
                return try takeBlob(of: members, size, datatype, shape, at: start)
            }
            try SharedMemory.refuse(members.parameters, of: members.label, at: start)
        }
        guard let dataOffset = members.dataOffset else { throw Self.missing("data", members.label, start) }
        if let data = members.data { return data }
        let end = offset
        defer { offset = end }
        offset = dataOffset
        return try scanData(members, datatype, shape)
    }

    /// The input's own part of the bytes behind the JSON.
    private mutating func takeBlob(
        of members: InputMembers, _ size: ParameterValue, _ datatype: Datatype, _ shape: [Int], at start: Int
    ) throws -> TensorData {
        func refusal(_ message: String) -> OpenInferenceError {
            OpenInferenceError(.invalid, "\(members.label) \(message)", offset: start)
        }
        guard members.dataOffset == nil else { throw refusal("has both \"data\" and binary_data_size; one will do") }
        guard case .int(let size) = size, let size = Int(exactly: size), size >= 0 else {
            throw refusal("has a binary_data_size that is not a whole number of bytes from 0 up")
        }
        guard blobs != nil else {
            throw refusal(
                "has binary_data_size, but the request lacks the header Inference-Header-Content-Length, which says "
                    + "where the JSON ends and the binary data begins")
        }
        let elementCount = try Self.elementCount(shape, members.label, at: start)
        guard let blob = blobs!.take(size) else {
            throw refusal(
                "has the binary_data_size \(size), but only \(blobs!.remaining) bytes of binary data are left in the body"
            )
        }
        do {
            return try TensorData(binary: blob, datatype, count: elementCount)
        } catch let error as OpenInferenceError {
            throw OpenInferenceError(
                error.code, "\(members.label) (\(datatype.rawValue) of shape \(shape)) \(error.message)")
        }
    }

    private mutating func scanData(
        _ members: InputMembers, _ datatype: Datatype, _ shape: [Int]
    ) throws -> TensorData {
        let elementCount = try Self.elementCount(shape, members.label, at: offset)
        do {
            return try scanTensorData(datatype, shape: shape, elementCount: elementCount)
        } catch let error as OpenInferenceError {
            throw OpenInferenceError(
                error.code, "\(members.label) (\(datatype.rawValue)): \(error.message)", offset: error.offset)
        }
    }

    /// More elements than any body has.
    private static let largestElementCount = 1 << 40

    private static func elementCount(_ shape: [Int], _ label: String, at offset: Int) throws -> Int {
        // A size of nought makes no room for others that are beyond all measure.
        var count = 1
        for size in shape {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: max(size, 1))
            guard !isTooLarge, product <= Self.largestElementCount else {
                throw OpenInferenceError(.invalid, "\(label): the shape \(shape) is too large", offset: offset)
            }
            count = product
        }
        return shape.contains(0) ? 0 : count
    }

    private mutating func scanShape(_ members: InputMembers) throws -> [Int] {
        var shape: [Int] = []
        try scanArray("the shape of \(members.label)") { scanner in
            let start = scanner.offset
            let size = try Int.scan(&scanner)
            guard size >= 0 else {
                throw OpenInferenceError(
                    .invalid, "\(members.label): the shape has the size \(size); a request states sizes from 0 up",
                    offset: start)
            }
            guard shape.count < Self.depthLimit else {
                throw OpenInferenceError(
                    .invalid, "\(members.label): the shape has more than \(Self.depthLimit) dimensions", offset: start)
            }
            shape.append(size)
        }
        return shape
    }

    private mutating func scanDatatype(_ members: InputMembers) throws -> Datatype {
        let start = offset
        let text = try scanString()
        guard let datatype = Datatype(rawValue: text) else {
            let known = Datatype.allCases.map(\.rawValue).joined(separator: ", ")
            throw OpenInferenceError(
                .invalid, "\(members.label): unknown datatype \"\(text.prefix(40))\"; there are \(known)",
                offset: start)
        }
        return datatype
    }
}
