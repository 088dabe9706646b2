internal import Foundation
package import SlipwayCore

extension VersionFiles {
    /// Lists the folder at `path`, or takes the one file there; hidden files are left out.
    ///
    /// - Throws: `InferenceError` with `loadFailed` where nothing is there.
    init(at path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw InferenceError(.loadFailed, "there is no model at \(path)")
        }
        guard isFolder.boolValue else {
            let path = path as NSString
            self.init(folder: path.deletingLastPathComponent, paths: [path.lastPathComponent])
            return
        }
        let found = FileManager.default.enumerator(atPath: path)
        var files: [String] = []
        // A trained model is a handful of files; more than these would not be listed in a message either.
        while files.count < 10_000, let file = found?.nextObject() as? String {
            let attributes = found?.fileAttributes
            let isHidden = file.split(separator: "/").contains { $0.hasPrefix(".") }
            if attributes?[.type] as? FileAttributeType != .typeDirectory, !isHidden { files.append(file) }
        }
        self.init(folder: path, paths: files.sorted())
    }

    /// The one file that `params.json` names as the model, where it is there; all files otherwise.
    package func chosen(by parameters: ModelParameters) -> VersionFiles {
        guard let name = parameters.model, paths.contains(name) else { return self }
        return VersionFiles(folder: folder, paths: [name])
    }

    /// What the first engine that finds something would load.
    ///
    /// - Throws: `InferenceError` with `unsupported` where nothing fits, or several files could be meant.
    func loadable(by engines: [any InferenceEngine]) throws -> (model: LoadableModel, engine: any InferenceEngine) {
        for engine in engines {
            if let model = try engine.find(in: self) { return (model, engine) }
        }
        let wanted = engines.map { "\($0.wanted) (\($0.name))" }.joined(separator: ", ")
        let shown = paths.prefix(10).joined(separator: ", ") + (paths.count > 10 ? ", …" : "")
        throw InferenceError(
            .unsupported,
            "\(folder) holds no model that can be served: found \(paths.isEmpty ? "no files" : shown), wanted "
                + "\(wanted). Let the training script write one into --output_path: scikit-learn with "
                + "skl2onnx.to_onnx, PyTorch with torch.onnx.export, Keras with model.export(FOLDER), TensorFlow with "
                + "tf.saved_model.save.")
    }
}
