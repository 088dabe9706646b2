import Foundation
import Inference
import SlipwayCore

@testable import SlipwayServices

extension ModelCard {
    /// A model's card as the tests want it.
    static func of(
        _ inputs: [TensorSpecification], features: [String]? = nil, classes: [String]? = nil,
        preprocessing: Preprocessing? = nil, image: ImageParameters? = nil, format: String = "onnx"
    ) -> ModelCard {
        let signature = ModelSignature(
            inputs: inputs, outputs: [TensorSpecification(name: "y", type: .float32, shape: [-1, -1])])
        var parameters = ModelParameters()
        parameters.image = image
        var companions = ModelCompanions(parameters: parameters)
        companions.featureNames = features
        companions.classNames = classes
        companions.preprocessing = preprocessing
        let version = ModelVersion(
            name: "m", version: 1, format: format, sha256: "00", bytes: 1, signature: signature, task: nil,
            ownerID: User.ID(1), owner: "ada", createdAt: Date(timeIntervalSince1970: 0), aliases: [])
        return ModelCard(version: version, signature: signature, companions: companions)
    }

    /// Three columns of numbers.
    static let table = of([TensorSpecification(name: "x", type: .float32, shape: [-1, 3])])
    /// Three columns of numbers with names.
    static let named = of(
        [TensorSpecification(name: "x", type: .float32, shape: [-1, 3])], features: ["a", "b", "c"])

    static func one(_ type: ElementType, _ shape: [Int]) -> ModelCard {
        of([TensorSpecification(name: "x", type: type, shape: shape)])
    }
}

extension PredictionTable {
    /// Rows of numbers of one length.
    static func rows(_ rows: [[Double]]) -> PredictionTable {
        PredictionTable(.numbers(rows.flatMap(\.self)), rowCount: rows.count, rowShape: [rows.first?.count ?? 0])
    }
}
