internal import CInference
internal import Foundation
package import SlipwayCore
internal import Synchronization

/// Runs TensorFlow's SavedModels, and the frozen graphs of TensorFlow 1, through TensorFlow's C interface.
///
/// The library is found when it is first needed: at the given path, else where `SLIPWAY_TENSORFLOW` points, else under
/// its usual names. Without it every call throws `runtimeMissing`, and it may be installed later.
package final class TensorFlowEngine: InferenceEngine {
    package let name = "TensorFlow"
    package let wanted = "saved_model.pb (a SavedModel's folder) or one frozen graph *.pb"

    private let libraryPath: String?
    private let library = Mutex<TensorFlowLibrary?>(nil)
    private let threads: Int

    /// To be called before other threads run: it sets environment variables for the library.
    ///
    /// - Parameters:
    ///   - libraryPath: The library's file, or the folder that holds it.
    ///   - threads: Threads that the operators of all models share; as many as the process has cores where nil.
    package init(libraryPath: String? = nil, threads: Int? = nil) {
        self.libraryPath = libraryPath
        self.threads = threads ?? Int(slipway_usable_cores())
        slipway_tf_prepare()
    }

    package func version() throws -> String {
        try open().version
    }

    package func find(in files: VersionFiles) throws -> LoadableModel? {
        let savedModels = files.paths.filter { ($0 as NSString).lastPathComponent == "saved_model.pb" }
        guard savedModels.count <= 1 else {
            throw InferenceError(
                .unsupported,
                "\(files.folder) holds several SavedModels: \(savedModels.joined(separator: ", ")); leave one")
        }
        if let savedModel = savedModels.first {
            let folder = ((files.folder + "/" + savedModel) as NSString).deletingLastPathComponent
            return LoadableModel(path: folder, platform: Self.savedModelPlatform)
        }
        // Keras writes the two others beside a SavedModel.
        let graphs = files.paths.filter { path in
            path.hasSuffix(".pb")
                && !["fingerprint.pb", "keras_metadata.pb"].contains((path as NSString).lastPathComponent)
        }
        guard let first = graphs.first else { return nil }
        guard graphs.count == 1 || graphs.contains("model.pb") else {
            throw InferenceError(
                .unsupported,
                "\(files.folder) holds several graphs: \(graphs.joined(separator: ", ")); leave one, or name the one "
                    + "to serve model.pb")
        }
        return LoadableModel(
            path: files.folder + "/" + (graphs.count == 1 ? first : "model.pb"), platform: "tensorflow_graphdef")
    }

    package func load(_ model: LoadableModel, parameters: ModelParameters) throws -> any LoadedModel {
        let library = try open()
        do {
            return model.platform == Self.savedModelPlatform
                ? try loadSavedModel(model.path, library)
                : try loadGraph(model.path, library, parameters)
        } catch let fault as ProtobufFault {
            throw InferenceError(.loadFailed, "\(model.path) is broken: \(fault)")
        } catch let error as InferenceError where !error.message.contains(model.path) {
            throw InferenceError(error.code, "the model \(model.path) cannot be served: \(error.message)")
        }
    }

    private static let savedModelPlatform = "tensorflow_savedmodel"

    private func loadSavedModel(_ folder: String, _ library: TensorFlowLibrary) throws -> any LoadedModel {
        // TensorFlow would take this file before the one that is checked here.
        guard !FileManager.default.fileExists(atPath: folder + "/saved_model.cpb") else {
            throw InferenceError(.unsupported, "it is written in pieces (saved_model.cpb): save it in one")
        }
        let (name, chosen) = try read(folder + "/saved_model.pb") { bytes in
            let model = try SavedModel(bytes)
            let (name, signature) = try model.servingSignature()
            try model.graph.refuseForbiddenOperations(
                outputs: signature.outputs.map(\.tensor), loading: model.loadingOperations)
            // Without this file TensorFlow loads the model all the same, and fails in the first run.
            let weights = "variables/variables.index"
            guard !model.graph.hasVariables || FileManager.default.fileExists(atPath: folder + "/" + weights) else {
                throw InferenceError(
                    .loadFailed, "its weights are missing: \(weights) belongs beside saved_model.pb")
            }
            return (name, signature)
        }
        let session = try TensorFlowSession(library, savedModel: folder, threads: threads)
        func ports(_ ports: [SavedModel.Port]) throws -> [TensorFlowPort] {
            try ports.map { port in
                let found = try TensorFlowPort(session, name: port.name, tensor: port.tensor, shape: port.shape)
                guard found.specification.type.tensorFlow == port.element else {
                    throw InferenceError(
                        .loadFailed,
                        "its signature and its graph disagree on the element type of \"\(port.name)\" "
                            + "(\(port.element) and \(found.specification.type.tensorFlow))")
                }
                return found
            }
        }
        return TensorFlowModel(
            session, inputs: try ports(chosen.inputs), outputs: try ports(chosen.outputs),
            metadata: ["signature_name": name])
    }

    private func loadGraph(
        _ path: String, _ library: TensorFlowLibrary, _ parameters: ModelParameters
    ) throws -> any LoadedModel {
        try read(path) { bytes in
            var definition = GraphDefinition()
            try definition.read(ProtobufReader(bytes))
            let session = try TensorFlowSession(library, graph: bytes, path: path, threads: threads)
            let graph = FrozenGraph(session)
            let inputs = try graph.inputs(parameters)
            let outputs = try graph.outputs(parameters)
            try definition.refuseForbiddenOperations(outputs: outputs.map(\.specification.name), loading: [])
            return TensorFlowModel(session, inputs: inputs, outputs: outputs, metadata: [:])
        }
    }

    /// Calls `body` with a file's bytes, mapped: only what is looked at is read.
    private func read<Result>(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw InferenceError(.loadFailed, "there is no readable model file \(path)")
        }
        return try data.withUnsafeBytes(body)
    }

    private func open() throws -> TensorFlowLibrary {
        try library.withLock { library in
            if let library { return library }
            let configured = libraryPath ?? ProcessInfo.processInfo.environment["SLIPWAY_TENSORFLOW"]
            let opened = try TensorFlowLibrary(candidates: TensorFlowLibrary.search.candidates(configured: configured))
            library = opened
            return opened
        }
    }
}
