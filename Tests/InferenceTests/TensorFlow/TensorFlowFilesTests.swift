import Inference
import SlipwayCore
import Testing

@Suite("TensorFlow finds")
struct TensorFlowFilesTests {
    @Test(
        "what it serves among a version's files",
        arguments: [
            (["saved_model.pb", "variables/variables.index"], "/m", "tensorflow_savedmodel"),
            (["deep/net/saved_model.pb", "deep/net/fingerprint.pb", "old.pb"], "/m/deep/net", "tensorflow_savedmodel"),
            (["labels.txt", "tf_model.pb"], "/m/tf_model.pb", "tensorflow_graphdef"),
            (["model.pb", "other.pb"], "/m/model.pb", "tensorflow_graphdef"),
        ])
    func found(paths: [String], path: String, platform: String) throws {
        let model = try TensorFlowEngine().find(in: VersionFiles(folder: "/m", paths: paths))
        #expect(model == LoadableModel(path: path, platform: platform))
    }

    @Test("nothing among other files", arguments: [[], ["model.onnx"], ["fingerprint.pb"], ["my_saved_model.pbtxt"]])
    func nothing(paths: [String]) throws {
        #expect(try TensorFlowEngine().find(in: VersionFiles(folder: "/m", paths: paths)) == nil)
    }

    @Test("no single one among several", arguments: [["a/saved_model.pb", "b/saved_model.pb"], ["a.pb", "b.pb"]])
    func several(paths: [String]) throws {
        let error = try #require(throws: InferenceError.self) {
            try TensorFlowEngine().find(in: VersionFiles(folder: "/m", paths: paths))
        }
        #expect(error.code == .unsupported)
        #expect(error.message.contains(paths.joined(separator: ", ")))
    }

    @Test(
        "its library missing, and says the way to get it",
        arguments: ["/nowhere/libtensorflow_cc.so.2", "/usr", "/etc/passwd"])
    func missingLibrary(path: String) throws {
        let error = try #require(throws: InferenceError.self) { try TensorFlowEngine(libraryPath: path).version() }
        #expect(error.code == .runtimeMissing)
        for hint in ["pip download", "SLIPWAY_TENSORFLOW", "runtimes.tensorflow", path] {
            #expect(error.message.contains(hint), "\(error)")
        }
    }

    @Test("another library in its place")
    func otherLibrary() throws {
        let error = try #require(throws: InferenceError.self) {
            try TensorFlowEngine(libraryPath: "libz.so.1").version()
        }
        #expect(error.code == .runtimeMissing)
        #expect(error.message.contains("it is not TensorFlow"), "\(error)")
    }
}
