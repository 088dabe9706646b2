/// Files that rows can be read from, by their names' endings.
enum InputFormat {
    static let suffixes = [".csv", ".npy", ".parquet", ".root"]

    static func isKnown(_ name: String) -> Bool {
        let name = name.lowercased()
        return suffixes.contains { name.hasSuffix($0) }
    }

    static var meaning: String { "must end in \(suffixes.joined(separator: ", "))" }
}
