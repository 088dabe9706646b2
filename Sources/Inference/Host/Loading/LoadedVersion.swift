internal import SlipwayCore

/// A version that a runtime has taken, and what trying it out has shown.
struct LoadedVersion: Sendable {
    let model: any LoadedModel
    let platform: String
    let companions: ModelCompanions
    let isBatchable: Bool
    /// Why the model did not run on zeros.
    let warmUpFailure: String?

    /// Loads what is at the source and tries it out. Blocks.
    ///
    /// - Throws: `InferenceError`: what `InferenceEngine.load` throws; `unsupported` where no engine finds anything;
    ///   `loadFailed` for a broken companion, and for a model that does not reproduce its golden sample.
    init(_ source: ModelSource, engines: [any InferenceEngine]) throws {
        let files = try VersionFiles(at: source.path)
        let parameters = try ModelParameters.read(files)
        let (found, engine) = try files.chosen(by: parameters).loadable(by: engines)
        let model = try engine.load(found, parameters: parameters)
        let companions = try ModelCompanions.read(
            files, parameters: parameters, signature: model.signature, metadata: model.metadata)
        warmUpFailure = try WarmUp(model: model, golden: companions.golden).run()
        isBatchable = RowProbe(model: model, golden: companions.golden).isRowIndependent()
        self.model = model
        self.companions = companions
        platform = found.platform
    }
}
