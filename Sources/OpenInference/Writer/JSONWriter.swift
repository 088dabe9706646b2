import NIOCore

/// JSON text under construction: values, members with their commas, arrays.
///
/// Owns its memory: appending is a comparison and a copy, without the uniqueness check of an array.
struct JSONWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    /// Whether the next member or element of the open container wants a comma before it.
    private var needsComma = false

    init(reserving capacity: Int = 256) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit {
        start.deallocate()
    }

    /// Appends the text to a buffer.
    borrowing func write(into buffer: inout ByteBuffer) {
        buffer.writeBytes(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Writes `{…}` around the members that `body` writes.
    mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        append(byte: UInt8(ascii: "{"))
        needsComma = false
        try body(&self)
        append(byte: UInt8(ascii: "}"))
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

    mutating func member(_ key: StaticString, integer value: some FixedWidthInteger) {
        startMember(key)
        integer(value)
    }

    /// Writes a member whose value is an object.
    mutating func member(_ key: StaticString, _ body: (inout JSONWriter) throws -> Void) rethrows {
        startMember(key)
        try object(body)
    }

    mutating func member<Element>(
        _ key: StaticString, array elements: [Element], _ write: (inout JSONWriter, Element) throws -> Void
    ) rethrows {
        startMember(key)
        try array(elements, write)
    }

    /// Writes a `parameters` object, or nothing where there are none.
    mutating func member(_ key: StaticString, parameters: [String: ParameterValue]) {
        guard !parameters.isEmpty else { return }
        startMember(key)
        append(byte: UInt8(ascii: "{"))
        var isFirst = true
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            if !isFirst { append(byte: UInt8(ascii: ",")) }
            isFirst = false
            string(name)
            append(byte: UInt8(ascii: ":"))
            switch value {
            case .bool(let value): append(value ? "true" : "false")
            case .int(let value): integer(value)
            case .double(let value): number(value)
            case .string(let value): string(value)
            }
        }
        append(byte: UInt8(ascii: "}"))
    }

    /// Starts a member whose value the caller writes next.
    mutating func startMember(_ key: StaticString) {
        if needsComma { append(byte: UInt8(ascii: ",")) }
        append(byte: UInt8(ascii: "\""))
        append(key)
        append("\":")
        needsComma = true
    }

    /// Starts a member whose name is only known now.
    mutating func startMember(named key: String) {
        if needsComma { append(byte: UInt8(ascii: ",")) }
        string(key)
        append(byte: UInt8(ascii: ":"))
        needsComma = true
    }

    @inline(__always)
    mutating func array<Element>(
        _ elements: [Element], _ write: (inout JSONWriter, Element) throws -> Void
    ) rethrows {
        try array(elements[...], write)
    }

    @inline(__always)
    mutating func array<Element>(
        _ elements: ArraySlice<Element>, _ write: (inout JSONWriter, Element) throws -> Void
    ) rethrows {
        append(byte: UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { append(byte: UInt8(ascii: ",")) }
            isFirst = false
            try write(&self, element)
        }
        append(byte: UInt8(ascii: "]"))
        needsComma = true
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func append(contentsOf text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        if capacity - count < text.count { grow(by: text.count) }
        (start + count).update(from: source, count: text.count)
        count += text.count
    }

    @inline(__always)
    mutating func append(byte: UInt8) {
        if count == capacity { grow(by: 1) }
        start[count] = byte
        count += 1
    }

    @inline(never)
    private mutating func grow(by needed: Int) {
        let enlarged = max(capacity * 2, count + needed)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: enlarged)
        memory.update(from: start, count: count)
        start.deallocate()
        start = memory
        capacity = enlarged
    }
}
