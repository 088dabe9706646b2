/// What models were found to take, by what they are: the same content is not guessed at twice. Each measure has
/// something in it of what other requests took at the same time: a new one moves what is known by a quarter.
struct ModelMeasures: Sendable {
    private static let capacity = 10_000
    private var bytes: [String: Int64] = [:]

    subscript(source: ModelSource) -> Int64? { bytes[Self.identity(source)] }

    mutating func measured(_ source: ModelSource, _ found: Int64) {
        let identity = Self.identity(source)
        if bytes.count >= Self.capacity, bytes[identity] == nil { bytes.removeAll() }
        bytes[identity] = bytes[identity].map { $0 - $0 / 4 + found / 4 } ?? found
    }

    mutating func forget(_ source: ModelSource) { bytes[Self.identity(source)] = nil }

    private static func identity(_ source: ModelSource) -> String {
        source.sha256 ?? source.path
    }
}
