/// What a user wants scored, and how. Names are those of the wire.
package struct BulkRequest: Sendable {
    /// By number or alias; nil is the alias `default`.
    package var version: String?
    /// A path below the folder of datasets, of a file or of a folder of files; nil where a file comes with the request.
    package var dataset: String?
    package var outputFormat: OutputFormat = .csv
    /// Rows that are read and scored at a time.
    package var chunkRows = 65_536
    /// Of a ROOT file; nil where it has but one.
    package var tree: String?
    /// Names of the input's columns in the model's order; nil are the model's own feature names.
    package var columns: [String]?
    package var partition: String?
    package var account: String?
    package var time: String?
    package var memory: String?
    /// Cores, of which each scores chunks of its own.
    package var cpus: Int?

    package enum OutputFormat: String, Sendable, CaseIterable {
        case csv, npy, parquet, json
    }

    package static let chunkRange = 1...10_000_000

    package init() {}
}
