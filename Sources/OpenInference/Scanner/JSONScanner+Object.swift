extension JSONScanner {
    /// Reads an object: `member` gets each key with the position at its value, and reads or skips that value.
    ///
    /// - Throws: `invalid` where a key stands twice.
    mutating func scanObject(
        _ what: @autoclosure () -> String,
        _ member: (inout JSONScanner, JSONKey) throws -> Void
    ) throws {
        try expect("{", "to open \(what())")
        if skip("}") { return }
        var keys = SeenKeys()
        repeat {
            skipSpace()
            let start = offset
            let key = try scanKey()
            guard keys.insert(key) else {
                throw OpenInferenceError(.invalid, "\(what()) has the key \"\(key.text)\" twice", offset: start)
            }
            try expect(":", "after the key \"\(key.text)\"")
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
}
