import Foundation

/// Python with the packages that make models, as `make test` sets it up.
enum PythonScript {
    /// Runs a script in a folder; throws `TestFailure` with its traceback.
    static func run(_ text: String, in folder: String) async throws {
        guard let python = ProcessInfo.processInfo.environment["SLIPWAY_TEST_PYTHON"], !python.isEmpty else {
            throw TestFailure("SLIPWAY_TEST_PYTHON is not set: `make test` sets it")
        }
        let file = folder + "/script-\(UUID().uuidString).py"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try await Command(
            program: python, arguments: [file], environment: ["TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""],
            folder: folder
        ).succeed(within: .seconds(180))
    }
}
