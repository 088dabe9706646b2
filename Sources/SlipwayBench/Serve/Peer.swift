import Foundation

/// Another server of models: how it is started, and what it is asked.
struct Peer: Sendable {
    /// A way to set it up: its documentation leaves the choice to a measurement.
    struct Setting: Sendable {
        let what: String
        let arguments: [String]
        let request: ServeRequest
    }

    /// Of its folder and its environment.
    let name: String
    /// Names for people and names of packages, the first being the peer's own.
    let packages: [(what: String, package: String)]
    let settings: [Setting]
    /// What tells it from the same peer in another form.
    var remark: String?

    func python(_ workplace: Workplace) -> String { workplace.peerEnvironments + "/\(name)/bin/python3" }

    /// `MLServer 1.7.1` and so on, the peer's own first.
    func versions(_ workplace: Workplace) async throws -> [String] {
        let names = packages.map(\.package)
        let output = try await Command.run(
            python(workplace),
            ["-c", "import sys, importlib.metadata as m\nfor p in sys.argv[1:]: print(m.version(p))"] + names)
        let versions = zip(packages, output.split(separator: "\n")).map { "\($0.what) \($1)" }
        guard let remark, let own = versions.first else { return versions }
        return ["\(own), \(remark)"] + versions.dropFirst()
    }
}
