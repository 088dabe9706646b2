import Foundation
import Inference
import SlipwayCore
import Testing

@Suite("ONNX models with weights in other files")
struct ONNXExternalDataTests {
    @Test("are served from their own folder", arguments: ["weights.bin", "deep/weights.bin"], [false, true])
    func beside(location: String, isConstant: Bool) async throws {
        try await withModel(.external(location, isConstant: isConstant)) { path, folder in
            try write([1, 2, 3, 4], to: "\(folder)/version/\(location)")
            let model = try Runtime.engine().load(
                LoadableModel(path: path, platform: ""), parameters: ModelParameters())
            let outputs = try model.infer(
                [Tensor(name: "x", shape: [1, 4], values: .float32([10, 10, 10, 10]))], outputs: nil)
            #expect(outputs == [Tensor(name: "y", shape: [1, 4], values: .float32([11, 12, 13, 14]))])
        }
    }

    @Test(
        "are refused where those lie elsewhere",
        arguments: [
            "../outside.bin", "deep/../../outside.bin", "/etc/passwd", "../../../../../../etc/passwd", "link.bin",
            "linked/outside.bin", "*/_ORT_MEM_ADDR_/*", "", ".", "absent.bin", "weights.bin\0",
        ], [false, true])
    func elsewhere(location: String, isConstant: Bool) async throws {
        try await withModel(.external(location, isConstant: isConstant)) { path, folder in
            try write([1, 2, 3, 4], to: "\(folder)/outside.bin")
            try write([1, 2, 3, 4], to: "\(folder)/version/weights.bin")
            try write([1, 2, 3, 4], to: "\(folder)/version/deep/weights.bin")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/version/link.bin", withDestinationPath: "../outside.bin")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/version/linked", withDestinationPath: "..")
            let error = try #require(throws: InferenceError.self) {
                try Runtime.engine().load(LoadableModel(path: path, platform: ""), parameters: ModelParameters())
            }
            #expect(error.code == .loadFailed)
            #expect(error.message.contains("keeps weights in"), "\(error)")
        }
    }

    /// Calls `body` with the path of a model in a folder `version` of an otherwise empty folder, and with that folder.
    private func withModel(_ model: ONNXModel, _ body: (String, String) throws -> Void) async throws {
        try await Runtime.withFolder { folder in
            try body(try Runtime.write(model.bytes, to: folder + "/version/model.onnx"), folder)
        }
    }

    private func write(_ numbers: [Float], to path: String) throws {
        try Runtime.write(numbers.withUnsafeBytes { Array($0) }, to: path)
    }
}
