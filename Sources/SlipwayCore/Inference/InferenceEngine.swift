/// A runtime that loads models of some formats.
///
/// Every call may block for as long as the disk and the runtime take: call them on a thread that may wait, never on
/// the cooperative pool.
package protocol InferenceEngine: Sendable {
    /// The engine's name for people, e.g. `ONNX Runtime`.
    var name: String { get }
    /// What the engine loads, for messages, e.g. `*.onnx`.
    var wanted: String { get }
    /// The version of the runtime's library.
    ///
    /// - Throws: `InferenceError` with `runtimeMissing` where the library is not installed.
    func version() throws -> String
    /// What the engine would load of a version's files; nil where nothing is for it.
    ///
    /// Looks at names alone, so that it answers without the runtime's library too.
    ///
    /// - Throws: `InferenceError` with `unsupported` where several files could be meant.
    func find(in files: VersionFiles) throws -> LoadableModel?
    /// Reads a model and makes it ready to run.
    ///
    /// - Parameter parameters: What `params.json` beside the model says, such as the nodes of a frozen graph.
    /// - Throws: `InferenceError`: `runtimeMissing`, `loadFailed` for a model that the runtime refuses, `unsupported`.
    func load(_ model: LoadableModel, parameters: ModelParameters) throws -> any LoadedModel
}

/// The files of a version, or the one file that it consists of.
package struct VersionFiles: Sendable, Hashable {
    /// Absolute path of the folder.
    package let folder: String
    /// Paths of the files in it, sorted; hidden ones are left out.
    package let paths: [String]

    package init(folder: String, paths: [String]) {
        self.folder = folder
        self.paths = paths
    }
}

/// What an engine found to load.
package struct LoadableModel: Sendable, Hashable {
    /// Absolute path of the model's file, or of its folder where the format is one.
    package let path: String
    /// The Open Inference Protocol's word for the format, e.g. `onnx_onnxv1`, `tensorflow_savedmodel`.
    package let platform: String

    package init(path: String, platform: String) {
        self.path = path
        self.platform = platform
    }
}
