import Foundation
import SlipwayAPI
import SlipwayCore

/// A model's `params.json`, with whatever members it has.
struct TFaaSParameters {
    private(set) var members: [String: JSONValue]

    /// - Returns: nil for what is no JSON object.
    init?(_ data: Data) {
        guard let members = try? JSONDecoder().decode([String: JSONValue].self, from: data) else { return nil }
        self.members = members
    }

    init() { members = [:] }

    var name: String? { text("name") }
    var model: String? { text("model") }
    var labels: String? { text("labels") }

    func text(_ names: String...) -> String? {
        names.lazy.compactMap { name in
            if case .string(let text)? = members[name] { text } else { nil }
        }.first
    }

    /// The members that old and newer clients look for, in both spellings, with the file's own where it has them.
    func completed(for version: ModelVersion, file: String?) -> [String: JSONValue] {
        let input = text("inputNode", "input_node") ?? version.signature?.inputs.first?.name ?? ""
        let output = text("outputNode", "output_node") ?? version.signature?.outputs.first?.name ?? ""
        var all: [String: JSONValue] = [
            "model": .string(file ?? ""), "labels": .string(""), "options": .null, "op": .string(""),
            "inputNode": .string(input), "input_node": .string(input),
            "outputNode": .string(output), "output_node": .string(output),
            "input_name": .string(input), "output_name": .string(output), "img_channels": .integer(0),
            "description": .string(version.description ?? ""),
            "timestamp": .string(WireJSON.text(of: version.createdAt)),
        ]
        all.merge(members) { $1 }
        // The registry's name is the one that requests are made with.
        all["name"] = .string(version.name)
        return all
    }
}
