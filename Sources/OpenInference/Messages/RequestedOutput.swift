/// An output that an inference request asks for by name.
package struct RequestedOutput: Sendable, Hashable {
    package let name: String
    package let parameters: [String: ParameterValue]

    package init(name: String, parameters: [String: ParameterValue] = [:]) {
        self.name = name
        self.parameters = parameters
    }
}
