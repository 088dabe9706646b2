import Foundation
import Inference
import SlipwayCore
import Testing

@Suite("TensorFlow refuses", .tensorFlowModels)
struct TensorFlowRefusalTests {
    @Test("graphs that reach beyond computing", arguments: ["writes", "reads", "prints", "python", "frozen_reads"])
    func forbiddenOperations(name: String) throws {
        let error = try #require(throws: InferenceError.self) { try TensorFlowModels.load(name) }
        #expect(error.code == .unsupported)
        #expect(error.message.contains("may compute only"), "\(error)")
    }

    @Test("element types that the protocol does not have")
    func elementType() throws {
        let error = try #require(throws: InferenceError.self) { try TensorFlowModels.load("complex") }
        #expect(error.code == .unsupported)
        #expect(error.message.contains("cast it"), "\(error)")
    }

    @Test(
        "files that are cut off or are something else",
        arguments: ["keras3/deep/down/net/saved_model.pb", "frozen/tf_model.pb"])
    func brokenFiles(path: String) async throws {
        let engine = try TensorFlowModels.engine()
        let original = "\(TensorFlowModels.folder)/\(path)"
        let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: original)))
        let isSavedModel = path.hasSuffix("saved_model.pb")
        var broken = (0..<40).map { Array(whole.prefix(whole.count * $0 / 40 + 1)) }
        broken.append([])
        broken.append(Array("this is no model".utf8))
        broken.append([UInt8](repeating: 0xFF, count: 4096))
        broken.append([UInt8](repeating: 0x12, count: 100_000))
        try await Runtime.withFolder { folder in
            for (number, bytes) in broken.enumerated() {
                let files = VersionFiles(
                    folder: "\(folder)/\(number)", paths: [isSavedModel ? "saved_model.pb" : "model.pb"])
                try Runtime.write(bytes, to: "\(files.folder)/\(files.paths[0])")
                let model = try #require(try engine.find(in: files))
                let error = try #require(throws: InferenceError.self, "\(number)") {
                    try engine.load(model, parameters: ModelParameters())
                }
                #expect(error.code == .loadFailed || error.code == .unsupported, "\(error)")
            }
        }
    }

    @Test("a SavedModel whose weights are missing, cut off or something else")
    func brokenWeights() async throws {
        let engine = try TensorFlowModels.engine()
        let names = ["variables.index", "variables.data-00000-of-00001"]
        try await Runtime.withFolder { folder in
            for (number, name) in (names + names).enumerated() {
                let copy = "\(folder)/\(number)"
                try FileManager.default.copyItem(
                    atPath: "\(TensorFlowModels.folder)/keras3/deep/down/net", toPath: copy)
                let path = "\(copy)/variables/\(name)"
                let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
                try FileManager.default.removeItem(atPath: path)
                if number >= names.count { try Runtime.write(Array(whole.prefix(whole.count / 2)), to: path) }
                let error = try #require(throws: InferenceError.self) {
                    try engine.load(
                        LoadableModel(path: copy, platform: "tensorflow_savedmodel"), parameters: ModelParameters())
                }
                #expect(error.code == .loadFailed, "\(error)")
            }
        }
    }

    @Test("a second form of the graph that TensorFlow would prefer to the one that was checked")
    func splitModel() async throws {
        try await Runtime.withFolder { folder in
            let copy = folder + "/net"
            try FileManager.default.copyItem(atPath: "\(TensorFlowModels.folder)/keras3/deep/down/net", toPath: copy)
            try Runtime.write([1], to: copy + "/saved_model.cpb")
            #expect(throws: InferenceError.self) {
                try TensorFlowModels.engine().load(
                    LoadableModel(path: copy, platform: "tensorflow_savedmodel"), parameters: ModelParameters())
            }
        }
    }
}
