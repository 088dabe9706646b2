extension JSONWriter {
    /// Writes a tensor object: name, datatype, shape, parameters where there are any, flat data.
    ///
    /// - Throws: `invalid` for BYTES that are not UTF-8.
    mutating func tensor(
        _ name: String, _ shape: [Int], _ data: TensorData, parameters: [String: ParameterValue] = [:]
    ) throws {
        try object { writer in
            writer.tensorHead(name, shape, data.datatype)
            writer.member("parameters", parameters: parameters)
            writer.startMember("data")
            try writer.elements(of: data, named: name)
        }
    }

    /// Writes a tensor object whose elements follow behind the JSON.
    mutating func tensor(_ name: String, _ shape: [Int], _ datatype: Datatype, binarySize: Int) {
        object { writer in
            writer.tensorHead(name, shape, datatype)
            writer.member("parameters") { $0.member("binary_data_size", integer: binarySize) }
        }
    }

    private mutating func tensorHead(_ name: String, _ shape: [Int], _ datatype: Datatype) {
        member("name", string: name)
        member("datatype", string: datatype.rawValue)
        member("shape", array: shape) { writer, size in writer.integer(size) }
    }

    private mutating func elements(of data: TensorData, named name: String) throws {
        switch data {
        case .bool(let values): array(values) { $0.append($1 ? "true" : "false") }
        case .uint8(let values): array(values) { $0.integer($1) }
        case .uint16(let values): array(values) { $0.integer($1) }
        case .uint32(let values): array(values) { $0.integer($1) }
        case .uint64(let values): array(values) { $0.integer($1) }
        case .int8(let values): array(values) { $0.integer($1) }
        case .int16(let values): array(values) { $0.integer($1) }
        case .int32(let values): array(values) { $0.integer($1) }
        case .int64(let values): array(values) { $0.integer($1) }
        case .fp16(let values): array(values) { $0.number($1) }
        case .fp32(let values): array(values) { $0.number($1) }
        case .fp64(let values): array(values) { $0.number($1) }
        case .bytes(let values):
            try array(values) { writer, value in
                guard writer.string(bytes: value) else { throw Self.notText(name) }
            }
        }
    }

    private static func notText(_ name: String) -> OpenInferenceError {
        OpenInferenceError(
            .invalid,
            "the tensor \"\(name)\" holds bytes that are not UTF-8, which JSON cannot carry; ask for it in the binary "
                + "form (the output's parameter \"binary_data\": true)")
    }
}
