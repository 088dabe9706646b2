import Foundation
import Inference
import SlipwayCore
import Testing

/// The real ONNX Runtime, as the tests find it.
enum Runtime {
    /// - Throws: Where `SLIPWAY_ONNXRUNTIME` does not say where the library is.
    static func engine(threads: Int? = nil) throws -> ONNXRuntimeEngine {
        let path = try #require(
            ProcessInfo.processInfo.environment["SLIPWAY_ONNXRUNTIME"],
            """
            These tests run real models. Set SLIPWAY_ONNXRUNTIME to libonnxruntime.so, from the Python package \
            onnxruntime (in its folder onnxruntime/capi) or Debian's libonnxruntime; "make test" does so.
            """)
        return ONNXRuntimeEngine(libraryPath: path, threads: threads)
    }

    /// Calls `body` with the path of a folder that is removed afterwards.
    static func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slipway-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }

    /// Writes a file and returns its path.
    @discardableResult
    static func write(_ bytes: [UInt8], to path: String) throws -> String {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return path
    }

    /// Loads a model from its bytes.
    static func load(_ model: ONNXModel) async throws -> any LoadedModel {
        try await withFolder { folder in
            try engine().load(
                LoadableModel(path: write(model.bytes, to: folder + "/model.onnx"), platform: "onnx_onnxv1"),
                parameters: ModelParameters())
        }
    }
}
