import SlipwayAPI

extension Samples {
    static let prediction = PredictionAnswer(
        model: "wine", version: 3, digest: version.sha256, predictions: [.integer(1)], labels: ["Barolo"],
        top: [[.init(label: "Barolo", score: 0.97), .init(label: "Grignolino", score: 0.03)]],
        outputs: [
            "label": .array([.integer(1)]),
            "probabilities": .array([.array([.number(0.97), .number(0.03)])]),
        ])

    static let card = ModelCardAnswer(
        model: "wine", version: 3, digest: version.sha256, description: "Cultivars of Piedmont by chemistry.",
        signature: SignatureAnswer(
            inputs: [.init(name: "X", datatype: "FP32", shape: [-1, 2])],
            outputs: [
                .init(name: "label", datatype: "INT64", shape: [-1]),
                .init(name: "probabilities", datatype: "FP32", shape: [-1, 2]),
            ]), rowWidth: 2, featureNames: ["alcohol", "malic_acid"], classNames: ["Barolo", "Grignolino"],
        preprocess: true, golden: true)
}
