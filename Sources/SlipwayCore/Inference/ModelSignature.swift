/// The inputs that a model wants and the outputs that it gives, in the model's order.
package struct ModelSignature: Sendable, Codable, Hashable {
    package let inputs: [TensorSpecification]
    package let outputs: [TensorSpecification]

    package init(inputs: [TensorSpecification], outputs: [TensorSpecification]) {
        self.inputs = inputs
        self.outputs = outputs
    }
}
