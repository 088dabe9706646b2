import Inference
import SlipwayCore

/// What an engine says of a model before anybody can be served by it.
struct StagedModelCheck: Sendable {
    let host: ModelHost
    let repository: ModelRepository

    /// Loads the model, runs it once, and compares with its golden sample where it has one.
    ///
    /// - Returns: Its inputs and outputs. Nil for a model that no engine serves, whose engine is not installed, or that is
    ///   too large to be looked at: it is kept all the same, and what its prediction lacks is said when one is asked for.
    /// - Throws: `SlipwayError` of code `invalid` for a model that its engine refuses, or that gives something else than
    ///   its golden sample says.
    func signature(of staged: VersionFolder, sha256: String) async throws -> ModelSignature? {
        guard try await BlockingIO.run({ [repository] in repository.isSmallEnoughToInspect(staged) }) else {
            return nil
        }
        do {
            return try await host.check(ModelSource(path: staged.files, sha256: sha256)).signature
        } catch let error as InferenceError {
            switch error.code {
            case .unsupported, .runtimeMissing, .overBudget: return nil
            case .loadFailed, .invalidInput, .failed:
                let words = error.message.replacing(staged.files + "/", with: "").replacing(
                    staged.files, with: "the upload")
                throw SlipwayError(.invalid, "The model cannot be loaded: \(words)")
            }
        }
    }
}
