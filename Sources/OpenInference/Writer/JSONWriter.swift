/// JSON text under construction: values, members with their commas, arrays.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether the next member or element of the open container wants a comma before it.
    private var needsComma = false

    init(reserving capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes `{…}` around the members that `body` writes.
    mutating func object(_ body: (inout JSONWriter) -> Void) {
        append("{")
        needsComma = false
        body(&self)
        append("}")
        needsComma = true
    }

    mutating func member(_ key: StaticString, string value: String) {
        startMember(key)
        string(value)
    }

    mutating func member(_ key: StaticString, bool value: Bool) {
        startMember(key)
        append(value ? "true" : "false")
    }

    mutating func member<Element>(
        _ key: StaticString, array elements: [Element], _ write: (inout JSONWriter, Element) -> Void
    ) {
        startMember(key)
        array(elements, write)
    }

    /// Writes a `parameters` object, or nothing where there are none.
    mutating func member(_ key: StaticString, parameters: [String: ParameterValue]) {
        guard !parameters.isEmpty else { return }
        startMember(key)
        append("{")
        var isFirst = true
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            if !isFirst { append(",") }
            isFirst = false
            string(name)
            append(":")
            switch value {
            case .bool(let value): append(value ? "true" : "false")
            case .int(let value): integer(value)
            case .double(let value): number(value)
            case .string(let value): string(value)
            }
        }
        append("}")
    }

    /// Starts a member whose value the caller writes next.
    mutating func startMember(_ key: StaticString) {
        if needsComma { append(",") }
        append("\"")
        append(key)
        append("\":")
        needsComma = true
    }

    mutating func array<Element>(_ elements: [Element], _ write: (inout JSONWriter, Element) -> Void) {
        append("[")
        var isFirst = true
        for element in elements {
            if !isFirst { append(",") }
            isFirst = false
            write(&self, element)
        }
        append("]")
        needsComma = true
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func append(contentsOf text: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: text)
    }

    @inline(__always)
    mutating func append(byte: UInt8) {
        bytes.append(byte)
    }
}
