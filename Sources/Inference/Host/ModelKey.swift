/// A model's version in the repository.
package struct ModelKey: Sendable, Hashable, CustomStringConvertible {
    package let name: String
    package let version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }

    package var description: String { "\(name)/\(version)" }
}
