extension JSONScanner {
    /// Reads a whole inference request.
    mutating func scanInferenceRequest() throws -> InferenceRequest {
        var id: String?
        var parameters: [String: ParameterValue] = [:]
        var inputs: [InferenceInput]?
        var outputs: [RequestedOutput]?
        try scanObject("the request") { scanner, key in
            switch key {
            case "id": id = try scanner.scanString()
            case "parameters": parameters = try scanner.scanParameters()
            case "inputs": inputs = try scanner.scanInputs()
            case "outputs": outputs = try scanner.scanRequestedOutputs()
            default: try scanner.skipValue()
            }
        }
        if parameters["binary_data_output"] == .bool(true) {
            throw BinaryTensors.refusal("the request's parameter binary_data_output asks")
        }
        guard let inputs else {
            throw OpenInferenceError(.invalid, "the request has no \"inputs\"; it wants an array of tensors")
        }
        return InferenceRequest(id: id, parameters: parameters, inputs: inputs, outputs: outputs)
    }

    private mutating func scanInputs() throws -> [InferenceInput] {
        var inputs: [InferenceInput] = []
        var names: Set<String> = []
        try scanArray("inputs") { scanner in
            let start = scanner.offset
            let input = try scanner.scanInput(index: inputs.count)
            guard names.insert(input.name).inserted else {
                throw OpenInferenceError(.invalid, "the input \"\(input.name)\" is given twice", offset: start)
            }
            inputs.append(input)
        }
        return inputs
    }

    private mutating func scanInput(index: Int) throws -> InferenceInput {
        skipSpace()
        let start = offset
        var name: String?
        var shape: [Int]?
        var datatype: Datatype?
        var parameters: [String: ParameterValue] = [:]
        var data: TensorData?
        var dataOffset: Int?
        let label = { name.map { "the input \"\($0)\"" } ?? "inputs[\(index)]" }
        try scanObject("inputs[\(index)]") { scanner, key in
            switch key {
            case "name": name = try scanner.scanString()
            case "shape": shape = try scanner.scanShape(of: label())
            case "datatype": datatype = try scanner.scanDatatype(of: label())
            case "parameters": parameters = try scanner.scanParameters()
            case "data":
                dataOffset = scanner.offset
                // Members come in any order: data before its type and shape is read again when they are known.
                guard let shape, let datatype else { return try scanner.skipValue() }
                data = try scanner.scanData(of: label(), datatype, shape)
            default: try scanner.skipValue()
            }
        }
        guard let name else { throw missing("name", "inputs[\(index)]", start) }
        guard let shape else { throw missing("shape", label(), start) }
        guard let datatype else { throw missing("datatype", label(), start) }
        if parameters["binary_data_size"] != nil {
            throw BinaryTensors.refusal("the input \"\(name)\" has the parameter binary_data_size, which announces")
        }
        guard let dataOffset else { throw missing("data", label(), start) }
        if data == nil {
            let end = offset
            offset = dataOffset
            data = try scanData(of: label(), datatype, shape)
            offset = end
        }
        return InferenceInput(name: name, shape: shape, data: data!, parameters: parameters)
    }

    private mutating func scanData(of label: String, _ datatype: Datatype, _ shape: [Int]) throws -> TensorData {
        var elementCount = 1
        for size in shape {
            let (product, isTooLarge) = elementCount.multipliedReportingOverflow(by: size)
            guard !isTooLarge else {
                throw OpenInferenceError(.invalid, "\(label): the shape \(shape) is too large", offset: offset)
            }
            elementCount = product
        }
        do {
            return try scanTensorData(datatype, shape: shape, elementCount: elementCount)
        } catch let error as OpenInferenceError {
            throw OpenInferenceError(
                error.code, "\(label) (\(datatype.rawValue)): \(error.message)", offset: error.offset)
        }
    }

    private mutating func scanShape(of label: String) throws -> [Int] {
        var shape: [Int] = []
        try scanArray("the shape of \(label)") { scanner in
            let start = scanner.offset
            let size = try Int.scan(&scanner)
            guard size >= 0 else {
                throw OpenInferenceError(
                    .invalid, "\(label): the shape has the size \(size); a request states sizes from 0 up",
                    offset: start)
            }
            guard shape.count < Self.depthLimit else {
                throw OpenInferenceError(
                    .invalid, "\(label): the shape has more than \(Self.depthLimit) dimensions", offset: start)
            }
            shape.append(size)
        }
        return shape
    }

    private mutating func scanDatatype(of label: String) throws -> Datatype {
        let start = offset
        let text = try scanString()
        guard let datatype = Datatype(rawValue: text) else {
            let known = Datatype.allCases.map(\.rawValue).joined(separator: ", ")
            throw OpenInferenceError(
                .invalid, "\(label): unknown datatype \"\(text.prefix(40))\"; there are \(known)", offset: start)
        }
        return datatype
    }

    private mutating func scanRequestedOutputs() throws -> [RequestedOutput] {
        var outputs: [RequestedOutput] = []
        var names: Set<String> = []
        try scanArray("outputs") { scanner in
            let start = scanner.offset
            let index = outputs.count
            var name: String?
            var parameters: [String: ParameterValue] = [:]
            try scanner.scanObject("outputs[\(index)]") { scanner, key in
                switch key {
                case "name": name = try scanner.scanString()
                case "parameters": parameters = try scanner.scanParameters()
                default: try scanner.skipValue()
                }
            }
            guard let name else { throw scanner.missing("name", "outputs[\(index)]", start) }
            guard names.insert(name).inserted else {
                throw OpenInferenceError(.invalid, "the output \"\(name)\" is asked for twice", offset: start)
            }
            if parameters["binary_data"] == .bool(true) {
                throw BinaryTensors.refusal("the output \"\(name)\" has the parameter binary_data, which asks")
            }
            if let classes = parameters["classification"], classes != .int(0) {
                throw OpenInferenceError(
                    .unsupported,
                    "the output \"\(name)\" asks for classification, an extension that this server does not offer",
                    offset: start)
            }
            outputs.append(RequestedOutput(name: name, parameters: parameters))
        }
        return outputs
    }

    private func missing(_ key: String, _ label: String, _ offset: Int) -> OpenInferenceError {
        OpenInferenceError(.invalid, "\(label) has no \"\(key)\"", offset: offset)
    }
}
