internal import SlipwayCore

/// Answers that are kept for exact repeats; those that were used least recently go when there are too many bytes.
struct AnswerCache: Sendable {
    private struct Entry: Sendable {
        let key: CacheKey
        let outputs: [Tensor]
        let bytes: Int
        /// Neighbours in the order of use; the entry itself where there is none.
        var older: Int
        var newer: Int
    }

    private(set) var bytes = 0
    private var capacity = 0
    private var places: [CacheKey: Int] = [:]
    private var entries: [Entry?] = []
    private var unused: [Int] = []
    private var oldest: Int?
    private var newest: Int?

    var count: Int { places.count }

    /// The answer to a request that was answered before; it counts as used.
    mutating func outputs(for key: CacheKey) -> [Tensor]? {
        guard let place = places[key], let entry = entries[place] else { return nil }
        if newest != place {
            unlink(place)
            link(place)
        }
        return entry.outputs
    }

    mutating func store(_ outputs: [Tensor], for key: CacheKey) {
        let size = Self.bytes(of: outputs)
        guard size <= capacity, places[key] == nil else { return }
        makeRoom(for: size)
        let entry = Entry(key: key, outputs: outputs, bytes: size, older: 0, newer: 0)
        let place: Int
        if let free = unused.popLast() {
            place = free
            entries[place] = entry
        } else {
            place = entries.count
            entries.append(entry)
        }
        places[key] = place
        bytes += size
        link(place)
    }

    /// Takes at most so many bytes from now on.
    mutating func resize(_ capacity: Int) {
        self.capacity = capacity
        makeRoom(for: 0)
        if places.isEmpty { self = AnswerCache(capacity: capacity) }
    }

    init(capacity: Int = 0) {
        self.capacity = capacity
    }

    private mutating func makeRoom(for size: Int) {
        while bytes > capacity - size, let place = oldest, let entry = entries[place] {
            unlink(place)
            entries[place] = nil
            unused.append(place)
            places[entry.key] = nil
            bytes -= entry.bytes
        }
    }

    private mutating func link(_ place: Int) {
        entries[place]?.older = newest ?? place
        entries[place]?.newer = place
        if let newest { entries[newest]?.newer = place } else { oldest = place }
        newest = place
    }

    private mutating func unlink(_ place: Int) {
        guard let entry = entries[place] else { return }
        let older = entry.older == place ? nil : entry.older
        let newer = entry.newer == place ? nil : entry.newer
        if let older { entries[older]?.newer = newer ?? older } else { oldest = newer }
        if let newer { entries[newer]?.older = older ?? newer } else { newest = older }
    }

    /// What an answer takes, with what the cache keeps beside it.
    static func bytes(of outputs: [Tensor]) -> Int {
        outputs.reduce(256) { sum, tensor in
            let labels = tensor.labels?.reduce(0) { $0 + $1.utf8.count + 16 } ?? 0
            return sum + tensor.values.memoryBytes + tensor.shape.count * 8 + labels + 128
        }
    }
}

extension TensorValues {
    fileprivate var memoryBytes: Int {
        switch self {
        case .bool, .uint8, .int8: count
        case .uint16, .int16, .float16: count * 2
        case .uint32, .int32, .float32: count * 4
        case .uint64, .int64, .float64: count * 8
        case .string(let values): values.reduce(0) { $0 + $1.count + 48 }
        }
    }
}
