import SlipwayServer

/// One row for a model, as JSON or as the message `tfaaspb.Row`.
struct TFaaSRow: Decodable, Sendable, Hashable {
    /// Names of the columns; empty where the client gives none.
    var keys: [String] = []
    var values: [Float] = []
    /// Empty for the model that was chosen.
    var model = ""

    init() {}

    private enum CodingKeys: String, CodingKey {
        case keys, values, model
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        keys = try members.decodeIfPresent([String].self, forKey: .keys) ?? []
        values = try members.decode([Float].self, forKey: .values)
        model = try members.decodeIfPresent(String.self, forKey: .model) ?? ""
    }
}
