extension JSONScanner {
    /// Reads an object: `member` gets each key with the position at its value, and reads or skips that value.
    ///
    /// - Throws: `invalid` where a key stands twice.
    mutating func scanObject(
        _ what: @autoclosure () -> String,
        _ member: (inout JSONScanner, String) throws -> Void
    ) throws {
        try expect("{", "to open \(what())")
        if skip("}") { return }
        var keys: Set<String> = []
        repeat {
            skipSpace()
            let start = offset
            let key = try scanString()
            guard keys.insert(key).inserted else {
                throw OpenInferenceError(.invalid, "\(what()) has the key \"\(key)\" twice", offset: start)
            }
            try expect(":", "after the key \"\(key)\"")
            skipSpace()
            try member(&self, key)
        } while skip(",")
        try expect("}", "or \",\" in \(what())")
    }

    /// Reads an array: `element` is called with the position at each element.
    mutating func scanArray(
        _ what: @autoclosure () -> String,
        _ element: (inout JSONScanner) throws -> Void
    ) throws {
        try expect("[", "to open \(what())")
        if skip("]") { return }
        repeat {
            skipSpace()
            try element(&self)
        } while skip(",")
        try expect("]", "or \",\" in \(what())")
    }

    /// Moves over one value of any kind, checking its syntax.
    mutating func skipValue(depth: Int = 0) throws {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"):
            try checkDepth(depth)
            offset += 1
            if skip("}") { return }
            repeat {
                skipSpace()
                try skipString()
                try expect(":", "after a key")
                try skipValue(depth: depth + 1)
            } while skip(",")
            try expect("}", "or \",\" in an object")
        case UInt8(ascii: "["):
            try checkDepth(depth)
            offset += 1
            if skip("]") { return }
            repeat { try skipValue(depth: depth + 1) } while skip(",")
            try expect("]", "or \",\" in an array")
        case UInt8(ascii: "\""):
            try skipString()
        default:
            if skipWord("true") || skipWord("false") || skipWord("null") { return }
            _ = try Double.scan(&self)
        }
    }

    func checkDepth(_ depth: Int) throws {
        guard depth < Self.depthLimit else {
            throw OpenInferenceError(
                .invalid, "arrays and objects nest deeper than \(Self.depthLimit)", offset: offset)
        }
    }

    /// Reads a `parameters` object: scalars only, as the protocol says.
    mutating func scanParameters() throws -> [String: ParameterValue] {
        var parameters: [String: ParameterValue] = [:]
        try scanObject("parameters") { scanner, key in
            switch scanner.current {
            case UInt8(ascii: "\""):
                parameters[key] = .string(try scanner.scanString())
            case UInt8(ascii: "t"), UInt8(ascii: "f"):
                parameters[key] = .bool(try Bool.scan(&scanner))
            case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "n"):
                try scanner.skipValue()
            default:
                let start = scanner.offset
                let number = try Double.scan(&scanner)
                let end = scanner.offset
                scanner.offset = start
                // Whole numbers keep all their digits; what is no Int64 falls back to the Double.
                if let integer = try? Int64.scan(&scanner), scanner.offset == end {
                    parameters[key] = .int(integer)
                } else {
                    scanner.offset = end
                    parameters[key] = .double(number)
                }
            }
        }
        return parameters
    }
}
