internal import Foundation
internal import SlipwayCore

/// The file of a model version that an engine can load.
struct ModelFile {
    let path: String
    let engine: any InferenceEngine

    /// Finds the file at `path`, or in the folder there, by the engines' suffixes.
    ///
    /// In a folder with several, `model` with the suffix is meant.
    ///
    /// - Throws: `InferenceError`: `loadFailed` where nothing is there, `unsupported` where nothing fits.
    init(at path: String, engines: [any InferenceEngine]) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw InferenceError(.loadFailed, "there is no model at \(path)")
        }
        guard isFolder.boolValue else {
            guard let engine = engines.first(where: { path.hasSuffix($0.fileSuffix) }) else {
                throw Self.nothingFits(path, found: [(path as NSString).lastPathComponent], engines)
            }
            self.path = path
            self.engine = engine
            return
        }
        let files = Self.files(under: path)
        for engine in engines {
            let fitting = files.filter { $0.hasSuffix(engine.fileSuffix) }
            guard let first = fitting.first else { continue }
            guard fitting.count == 1 || fitting.contains("model" + engine.fileSuffix) else {
                throw InferenceError(
                    .unsupported,
                    "\(path) holds several models: \(fitting.joined(separator: ", ")); leave one, or name the one to "
                        + "serve model\(engine.fileSuffix)")
            }
            self.path = path + "/" + (fitting.count == 1 ? first : "model" + engine.fileSuffix)
            self.engine = engine
            return
        }
        throw Self.nothingFits(path, found: files, engines)
    }

    /// The files under a folder, by their paths in it, hidden ones left out.
    private static func files(under folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: folder)
        var files: [String] = []
        // A trained model is a handful of files; more than these would not be listed in a message either.
        while files.count < 10_000, let file = found?.nextObject() as? String {
            let attributes = found?.fileAttributes
            let isHidden = file.split(separator: "/").contains { $0.hasPrefix(".") }
            if attributes?[.type] as? FileAttributeType != .typeDirectory, !isHidden { files.append(file) }
        }
        return files.sorted()
    }

    private static func nothingFits(
        _ path: String, found: [String], _ engines: [any InferenceEngine]
    ) -> InferenceError {
        let suffixes = engines.map { "*\($0.fileSuffix) (\($0.name))" }.joined(separator: ", ")
        let shown = found.prefix(10).joined(separator: ", ") + (found.count > 10 ? ", …" : "")
        return InferenceError(
            .unsupported,
            "\(path) holds no model that can be served: found \(found.isEmpty ? "no files" : shown), wanted "
                + "\(suffixes). Let the training script write one into --output_path: scikit-learn with "
                + "skl2onnx.to_onnx, PyTorch with torch.onnx.export, Keras and TensorFlow with tf2onnx.")
    }
}
