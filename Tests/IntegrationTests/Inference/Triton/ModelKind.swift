import Foundation

/// What kind of model files the scripts beside this make and compare with.
enum ModelKind: String, Sendable, CaseIterable {
    /// ONNX files, by ONNX Runtime in Python.
    case onnx
    /// SavedModels, by TensorFlow in Python.
    case savedModel = "savedmodel"
}

extension TestServer {
    /// Runs one of the Python scripts beside this file against the server, as ada; throws `TestFailure` with its
    /// traceback where it finds anything wrong.
    func check(with script: String, _ kind: ModelKind) async throws {
        guard let python = ProcessInfo.processInfo.environment["SLIPWAY_TEST_PYTHON"], !python.isEmpty else {
            throw TestFailure("SLIPWAY_TEST_PYTHON is not set: `make test` sets it")
        }
        let made = folder + "/made"
        try FileManager.default.createDirectory(atPath: made, withIntermediateDirectories: true)
        let scripts = environment.repository + "/Tests/IntegrationTests/Inference/Triton/Python"
        _ = try await Command(
            program: python, arguments: ["-B", "\(scripts)/\(script)", kind.rawValue, made],
            environment: [
                "SLIPWAY_URL": url, "SLIPWAY_TOKEN": token(of: .ada), "TF_CPP_MIN_LOG_LEVEL": "3",
                "CUDA_VISIBLE_DEVICES": "",
            ],
            folder: folder
        ).succeed(within: .seconds(240))
    }
}
