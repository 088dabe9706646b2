extension JSONScanner {
    /// Reads a `parameters` object: scalars only, as the protocol says.
    mutating func scanParameters() throws -> [String: ParameterValue] {
        var parameters: [String: ParameterValue] = [:]
        try scanObject("parameters") { scanner, key in
            let name = key.text
            switch scanner.current {
            case UInt8(ascii: "\""):
                parameters[name] = .string(try scanner.scanString())
            case UInt8(ascii: "t"), UInt8(ascii: "f"):
                parameters[name] = .bool(try Bool.scan(&scanner))
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "n"):
                try scanner.skipValue()
            default:
                let start = scanner.offset
                let number = try Double.scan(&scanner)
                let end = scanner.offset
                scanner.offset = start
                // Whole numbers keep all their digits; what is no Int64 falls back to the Double.
                if let integer = try? Int64.scan(&scanner), scanner.offset == end {
                    parameters[name] = .int(integer)
                } else {
                    scanner.offset = end
                    parameters[name] = .double(number)
                }
            }
        }
        return parameters
    }
}
