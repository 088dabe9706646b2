/// The text form of arrays of one dimension (PostgreSQL manual, 8.15.6).
enum ArrayText {
    static func encode<Element: PostgresEncodable>(_ list: [Element], into encoder: inout PostgresEncoder) {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (index, element) in list.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            var part = PostgresEncoder()
            part.begin()
            element.encode(into: &part)
            if part.offsets[0] < 0 {
                text.append(contentsOf: "NULL".utf8)
            } else {
                text.append(UInt8(ascii: "\""))
                for byte in part.bytes {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
                    text.append(byte)
                }
                text.append(UInt8(ascii: "\""))
            }
        }
        text.append(UInt8(ascii: "}"))
        encoder.write(text)
    }

    static func decode<Element: PostgresDecodable>(_ cell: PostgresCell) throws -> [Element] {
        guard let parts = split(cell.utf8) else { throw cell.mismatch([Element].self) }
        return try parts.map { part in
            guard let part else { return try Element.decodeNull(column: cell.column) }
            return try part.withUnsafeBufferPointer {
                try Element.decode(PostgresCell(utf8: $0, column: cell.column))
            }
        }
    }

    /// The elements' texts, nil for NULL; nil for anything that is no array of one dimension.
    private static func split(_ text: UnsafeBufferPointer<UInt8>) -> [[UInt8]?]? {
        guard text.count >= 2, text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else { return nil }
        let end = text.count - 1
        var index = 1
        var parts: [[UInt8]?] = []
        while index < end {
            var part: [UInt8] = []
            let isQuoted = text[index] == UInt8(ascii: "\"")
            if isQuoted { index += 1 }
            while true {
                guard index < end else {
                    if isQuoted { return nil }
                    break
                }
                let byte = text[index]
                if isQuoted ? byte == UInt8(ascii: "\"") : byte == UInt8(ascii: ",") { break }
                if byte == UInt8(ascii: "{") && !isQuoted { return nil }
                if byte == UInt8(ascii: "\\") { index += 1 }
                part.append(text[index])
                index += 1
            }
            if isQuoted { index += 1 }
            parts.append(!isQuoted && part.elementsEqual("NULL".utf8) ? nil : part)
            index += 1
        }
        return parts
    }
}
