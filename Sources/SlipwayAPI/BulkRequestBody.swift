/// The JSON body of `POST /api/v1/models/NAME/batch`; a form's fields have the same names.
package struct BulkRequestBody: Codable, Sendable {
    /// A path below the folder of datasets, of a file or of a folder of files.
    package var dataset: String?
    /// A number or an alias; `default` where it is left out.
    package var version: String?
    /// `csv`, `npy`, `parquet` or `json`.
    package var outputFormat: String?
    package var chunkRows: Int?
    /// Of a ROOT file.
    package var tree: String?
    package var columns: [String]?
    package var partition: String?
    package var account: String?
    package var time: String?
    package var memory: String?
    package var cpus: Int?

    package init() {}

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case dataset, version
        case outputFormat = "output_format"
        case chunkRows = "chunk_rows"
        case tree, columns, partition, account, time, memory, cpus
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        dataset = try container.decodeIfPresent(String.self, forKey: .dataset)
        // A version's number is written as one, too.
        if let number = try? container.decodeIfPresent(Int.self, forKey: .version) {
            version = "\(number)"
        } else {
            version = try container.decodeIfPresent(String.self, forKey: .version)
        }
        outputFormat = try container.decodeIfPresent(String.self, forKey: .outputFormat)
        chunkRows = try container.decodeIfPresent(Int.self, forKey: .chunkRows)
        tree = try container.decodeIfPresent(String.self, forKey: .tree)
        columns = try container.decodeIfPresent([String].self, forKey: .columns)
        partition = try container.decodeIfPresent(String.self, forKey: .partition)
        account = try container.decodeIfPresent(String.self, forKey: .account)
        time = try container.decodeIfPresent(String.self, forKey: .time)
        memory = try container.decodeIfPresent(String.self, forKey: .memory)
        cpus = try container.decodeIfPresent(Int.self, forKey: .cpus)
    }
}
