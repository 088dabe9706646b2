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
        guard let inputs else {
            throw OpenInferenceError(.invalid, "the request has no \"inputs\"; it wants an array of tensors")
        }
        return InferenceRequest(id: id, parameters: parameters, inputs: inputs, outputs: outputs)
    }

    private mutating func scanRequestedOutputs() throws -> [RequestedOutput] {
        var outputs: [RequestedOutput] = []
        var names = DistinctNames()
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
            guard let name else { throw Self.missing("name", "outputs[\(index)]", start) }
            guard names.insert(name) else {
                throw OpenInferenceError(.invalid, "the output \"\(name)\" is asked for twice", offset: start)
            }
            let output = RequestedOutput(name: name, parameters: parameters)
            try output.check(at: start)
            outputs.append(output)
        }
        return outputs
    }

    static func missing(_ key: String, _ label: String, _ offset: Int) -> OpenInferenceError {
        OpenInferenceError(.invalid, "\(label) has no \"\(key)\"", offset: offset)
    }
}
