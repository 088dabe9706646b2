package import SlipwayAPI

/// A model as people write it: `NAME`, or `NAME:VERSION` where VERSION is a number or an alias.
package struct ModelSelector: Sendable, Hashable {
    package var name: String
    /// nil asks for the alias `default`.
    package var version: String?

    package init(name: String, version: String?) {
        self.name = name
        self.version = version
    }

    /// nil when the name or what follows the colon is empty.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }), let name = parts.first else { return nil }
        self.init(name: String(name), version: parts.count == 2 ? String(parts[1]) : nil)
    }

    /// The version that is meant, among those that there are.
    ///
    /// Throws `ClientError` with code `refused` (404) when there is none; the message lists what there is.
    package func resolved(in list: ModelVersionListAnswer) throws -> ModelVersionAnswer {
        let wanted = version ?? "default"
        let number = list.aliases[wanted] ?? Int(wanted)
        if let number, let found = list.versions.first(where: { $0.version == number }) { return found }
        let known = list.versions.map { "\($0.version)" } + list.aliases.keys.sorted()
        throw ClientError(
            .refused(status: 404),
            "model \(name) has no version “\(wanted)”; it has "
                + (known.isEmpty ? "none at all" : known.joined(separator: ", ")))
    }
}
