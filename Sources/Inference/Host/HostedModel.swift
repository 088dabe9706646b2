package import SlipwayCore

/// A model in memory with what lies beside it.
///
/// Hold it no longer than one request takes: the memory is free only when the last holder lets go.
package struct HostedModel: Sendable {
    package let model: any LoadedModel
    /// The Open Inference Protocol's word for the format, e.g. `onnx_onnxv1`.
    package let platform: String
    package let companions: ModelCompanions
    /// Rows of different requests may be run together: shown by a probe when the model was loaded.
    package let isBatchable: Bool
    /// What the model counts against the budget.
    package let memoryBytes: Int64
    /// Why the model did not run on zeros; it is served all the same, since zeros may be no input for it.
    package let warmUpFailure: String?
}

extension HostedModel {
    /// Outputs with the names of the classes, where they lie beside the model and the model itself tells none.
    func labelled(_ outputs: [Tensor]) -> [Tensor] {
        guard let names = companions.classNames else { return outputs }
        return outputs.map { output in
            guard output.labels == nil, output.type.isFloatingPoint, output.shape.last == names.count else {
                return output
            }
            return Tensor(name: output.name, shape: output.shape, values: output.values, labels: names)
        }
    }
}
