import SlipwayServer

/// A model as MLBuffet's paths name it: `TAG`, or `TAG:N` for a version.
struct ModelTag: Hashable {
    var name: String
    /// A number, or an alias such as `default`; nil where the tag alone was named.
    var selector: String?

    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        name = parts[0]
        selector = parts.count == 2 ? parts[1] : nil
    }

    init(_ call: Call) throws { self.init(try call.parameter("tag")) }

    var text: String { selector.map { "\(name):\($0)" } ?? name }
}
