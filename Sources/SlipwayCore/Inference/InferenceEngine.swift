/// A runtime that loads model files of one kind.
///
/// Every call may block for as long as the disk and the runtime take: call them on a thread that may wait, never on
/// the cooperative pool.
package protocol InferenceEngine: Sendable {
    /// The engine's name for people, e.g. `ONNX Runtime`.
    var name: String { get }
    /// The platform that the Open Inference Protocol reports for models of this engine, e.g. `onnx_onnxv1`.
    var platform: String { get }
    /// How the name of the file that the engine loads ends, e.g. `.onnx`.
    var fileSuffix: String { get }
    /// The version of the runtime's library.
    ///
    /// - Throws: `InferenceError` with `runtimeMissing` where the library is not installed.
    func version() throws -> String
    /// Reads the model at `path` and makes it ready to run.
    ///
    /// - Throws: `InferenceError`: `runtimeMissing`, `loadFailed` for a model that the runtime refuses, `unsupported`.
    func load(path: String) throws -> any LoadedModel
}
