import Foundation
import Inference
import SlipwayCore
import Testing

@Suite("params.json")
struct ParametersTests {
    private func read(_ text: String, at path: String = "params.json") throws -> ModelParameters {
        try CompanionFolder([path: text]).parameters()
    }

    @Test("Both spellings mean the same, empty text means nothing, and others' members are left alone")
    func spellings() throws {
        let camel = try read(
            #"{"name": "luca", "model": "m.pb", "labels": "l.txt", "inputNode": "in", "outputNode": "out", "#
                + #""description": "", "options": {"anything": [1]}, "op": 7}"#)
        let snake = try read(
            #"{"name": "luca", "model": "m.pb", "labels": "l.txt", "input_node": "in", "output_node": "out"}"#)
        #expect(camel == snake)
        #expect(camel.inputNode == "in")
        #expect(camel.outputNode == "out")
        #expect(camel.labels == "l.txt")
        #expect(camel.description == nil)
        #expect(camel.image == nil)
    }

    @Test("Names of columns and classes stand under either word")
    func names() throws {
        #expect(try read(#"{"feature_names": ["a", "b"], "classes": ["x"]}"#).featureNames == ["a", "b"])
        let other = try read(#"{"features": ["a"], "class_names": ["x", "y"]}"#)
        #expect(other.featureNames == ["a"])
        #expect(other.classNames == ["x", "y"])
    }

    @Test("A picture's making is read, one number standing for all channels")
    func image() throws {
        let image = try #require(
            try read(
                #"{"img_channels": 1, "image": {"channels": 3, "width": 8, "height": 9, "scale": 0.5, "mean": 1, "#
                    + #""std": [1, 2, 3]}}"#
            ).image)
        #expect(image.channels == 3)
        #expect(image.width == 8)
        #expect(image.height == 9)
        #expect(image.scale == 0.5)
        #expect(image.mean == [1])
        #expect(image.deviation == [1, 2, 3])
        #expect(try read(#"{"img_channels": 1}"#).image?.channels == 1)
        #expect(try read(#"{"img_channels": 0}"#).image == nil)
    }

    @Test("The file nearest to the root counts, and none means nothing")
    func place() throws {
        #expect(try read(#"{"name": "deep"}"#, at: "luca_1/params.json").name == "deep")
        let folder = try CompanionFolder(["params.json": #"{"name": "near"}"#, "a/params.json": #"{"name": "far"}"#])
        #expect(try folder.parameters().name == "near")
        #expect(try CompanionFolder(["model.onnx": ""]).parameters() == ModelParameters())
    }

    @Test(
        "A known member of a wrong kind is an error that names it",
        arguments: [
            (#"{"name": 3}"#, #""name" that is not text"#),
            (#"{"feature_names": "a,b"}"#, #""feature_names" that is not a list"#),
            (#"{"features": [1]}"#, #""features[0]" that is not text"#),
            (#"{"image": {"width": "wide"}}"#, #""image.width" that is not a whole number"#),
            (#"{"image": {"channels": 4}}"#, "4 image channels"), (#"{"image": {"height": 0}}"#, "image height 0"),
            (#"{"image": {"channels": 3, "mean": [1, 2]}}"#, "2 values in the image's mean"),
            (#"{"image": {"std": [0]}}"#, "image std"), (#"["name"]"#, "not an object"), ("{", "not JSON"),
        ])
    func refused(text: String, message: String) throws {
        let error = #expect(throws: InferenceError.self) { try read(text) }
        #expect(error?.code == .loadFailed)
        #expect(error?.message.hasPrefix("params.json") == true)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test("Neither a link nor a link on the way is followed, and a pipe does not hold the reader up")
    func links() throws {
        let secret = try CompanionFolder(["params.json": #"{"name": "secret"}"#])
        let folder = try CompanionFolder(["model.onnx": ""])
        try withExtendedLifetime(secret) {
            #expect(try secret.parameters(listed: ["params.json"]).name == "secret")
            let manager = FileManager.default
            let file = folder.path + "/params.json"
            try manager.createSymbolicLink(atPath: file, withDestinationPath: secret.path + "/params.json")
            try refuses(folder, ["params.json"], "links are not followed")
            try manager.removeItem(atPath: file)
            try manager.createSymbolicLink(atPath: folder.path + "/inner", withDestinationPath: secret.path)
            try refuses(folder, ["inner/params.json"], "links are not followed")
            try refuses(folder, ["../\(URL(filePath: secret.path).lastPathComponent)/params.json"], "cannot be opened")
            #expect(mkfifo(file, 0o600) == 0)
            try refuses(folder, ["params.json"], "not a regular file")
        }
    }

    private func refuses(_ folder: CompanionFolder, _ paths: [String], _ message: String) throws {
        let error = #expect(throws: InferenceError.self) { try folder.parameters(listed: paths) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test("A file above the limit is refused by its size")
    func limit() throws {
        let text = #"{"name": "\#(String(repeating: "x", count: 1 << 20))"}"#
        let error = #expect(throws: InferenceError.self) { try read(text) }
        #expect(error?.message.contains("at most 1048576") == true)
    }
}
