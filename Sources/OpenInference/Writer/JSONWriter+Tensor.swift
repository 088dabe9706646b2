extension JSONWriter {
    /// Writes a tensor object: name, datatype, shape, parameters where there are any, flat data.
    mutating func tensor(
        _ name: String, _ shape: [Int], _ data: TensorData, parameters: [String: ParameterValue] = [:]
    ) {
        object { writer in
            writer.member("name", string: name)
            writer.member("datatype", string: data.datatype.rawValue)
            writer.member("shape", array: shape) { writer, size in writer.integer(size) }
            writer.member("parameters", parameters: parameters)
            writer.startMember("data")
            writer.elements(of: data)
        }
    }

    private mutating func elements(of data: TensorData) {
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
        case .bytes(let values): array(values) { $0.string(String(decoding: $1, as: UTF8.self)) }
        }
    }
}
