package import SlipwayCore

/// What lies beside a model's own file and says more of it: labels, feature names, scaling, a golden sample.
package struct ModelCompanions: Sendable {
    /// Names of the columns that the model wants, in their order, where the model or its files carry them.
    package var featureNames: [String]?
    /// Names of the classes, in the order of the output's last dimension.
    package var classNames: [String]?
    /// How raw values become what the model was trained on: `preprocess.json`.
    package var preprocessing: Preprocessing?
    /// Inputs and the outputs that the model must give for them: `golden.json`.
    package var golden: GoldenSample?
    package var parameters: ModelParameters

    package init(parameters: ModelParameters = ModelParameters()) {
        self.parameters = parameters
    }

    /// Reads what lies beside a model that has been loaded.
    ///
    /// - Throws: `InferenceError` with `loadFailed` for a companion that is broken, naming the file and the member.
    package static func read(
        _ files: VersionFiles, parameters: ModelParameters, signature: ModelSignature, metadata: [String: String]
    ) throws -> ModelCompanions {
        let reader = CompanionReader(files: files, parameters: parameters, signature: signature)
        var companions = ModelCompanions(parameters: parameters)
        companions.classNames = try reader.classNames()
        let preprocessing = try reader.preprocessing()
        companions.featureNames =
            try reader.featureNames() ?? reader.featureNames(in: metadata) ?? preprocessing?.document.features
            ?? reader.inputNames
        companions.preprocessing = try preprocessing.map { file, document in
            try document.preprocessing(for: companions.featureNames, width: signature.rowWidth, file: file)
        }
        companions.golden = try reader.golden()
        return companions
    }
}
