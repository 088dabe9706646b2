import Foundation
import Inference
import SlipwayCore
import Subprocess
import SystemPackage
import Testing

/// Gives a suite a folder of models that the real TensorFlow made, with its own answers; removed afterwards.
struct TensorFlowModels: SuiteTrait, TestScoping {
    @TaskLocal static var folder = ""

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let python = try #require(
            ProcessInfo.processInfo.environment["SLIPWAY_TEST_PYTHON"],
            """
            These tests make models with TensorFlow. Set SLIPWAY_TEST_PYTHON to a Python that has tensorflow-cpu and \
            tf_keras; "make test" does so.
            """)
        try await Runtime.withFolder { folder in
            let script = try Runtime.write(Array(Self.script.utf8), to: folder + "/make_models.py")
            let result = try await Subprocess.run(
                .path(FilePath(python)), arguments: [script, folder],
                environment: .inherit.updating(["TF_CPP_MIN_LOG_LEVEL": "2", "CUDA_VISIBLE_DEVICES": ""]),
                output: .discarded, error: .string(limit: 8 << 20))
            try #require(result.terminationStatus == .exited(0), "\(result.standardError.suffix(2000))")
            try await Self.$folder.withValue(folder) { try await function() }
        }
    }

    /// - Throws: Where `SLIPWAY_TENSORFLOW` does not say where the library is.
    static func engine() throws -> TensorFlowEngine {
        let path = try #require(
            ProcessInfo.processInfo.environment["SLIPWAY_TENSORFLOW"],
            """
            These tests run real models. Set SLIPWAY_TENSORFLOW to the folder of libtensorflow_cc.so.2, from the \
            Python package tensorflow-cpu; "make test" does so.
            """)
        return TensorFlowEngine(libraryPath: path)
    }

    /// The files of one of the made models.
    static func files(_ name: String) throws -> VersionFiles {
        let path = "\(folder)/\(name)"
        let found = try FileManager.default.subpathsOfDirectory(atPath: path)
        return VersionFiles(folder: path, paths: found.sorted())
    }

    /// Finds and loads one of the made models.
    static func load(_ name: String, parameters: ModelParameters = ModelParameters()) throws -> any LoadedModel {
        let engine = try engine()
        let model = try #require(try engine.find(in: files(name)))
        return try engine.load(model, parameters: parameters)
    }
}

extension Trait where Self == TensorFlowModels {
    static var tensorFlowModels: TensorFlowModels { TensorFlowModels() }
}
