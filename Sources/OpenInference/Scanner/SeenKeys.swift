/// The keys that an object has had so far: each may stand once.
struct SeenKeys {
    /// Few keys are compared with each other; many go into a set, so that long objects cost no quadratic time.
    private static let few = 8

    private var places = InlineArray<8, UnsafeBufferPointer<UInt8>>(
        repeating: UnsafeBufferPointer(start: nil, count: 0))
    private var count = 0
    private var texts: Set<String> = []

    /// Notes a key; false where it was there before.
    mutating func insert(_ key: JSONKey) -> Bool {
        guard texts.isEmpty, key.unescaped == nil, count < Self.few else { return insertIntoSet(key) }
        for index in 0..<count where places[index].elementsEqual(key.raw) { return false }
        places[count] = key.raw
        count += 1
        return true
    }

    private mutating func insertIntoSet(_ key: JSONKey) -> Bool {
        if texts.isEmpty {
            for index in 0..<count { texts.insert(String(decoding: places[index], as: UTF8.self)) }
        }
        return texts.insert(key.text).inserted
    }
}
