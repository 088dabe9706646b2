import Foundation
import SlipwayCore

/// What TensorFlow in Python was asked and answered, from a model's `answers.json`.
struct TensorFlowAnswers: Decodable {
    struct Numbers: Decodable {
        let name: String
        let shape: [Int]
        let values: [Float]
    }

    let inputs: [Numbers]
    let outputs: [Numbers]

    init(of model: String) throws {
        let url = URL(fileURLWithPath: "\(TensorFlowModels.folder)/\(model)/answers.json")
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }

    /// The inputs as tensors of float32.
    var tensors: [Tensor] {
        inputs.map { Tensor(name: $0.name, shape: $0.shape, values: .float32($0.values)) }
    }
}
