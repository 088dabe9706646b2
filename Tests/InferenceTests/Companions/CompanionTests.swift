import Foundation
import Inference
import SlipwayCore
import Testing

@Suite("What lies beside a model")
struct CompanionTests {
    @Test("Labels are lines, from the file that params.json names or from the usual one")
    func labels() throws {
        let usual = try CompanionFolder(["labels.txt": "cat\r\n dog \n\nbird\n\n\n"])
        #expect(try usual.companions().classNames == ["cat", "dog", "", "bird"])
        let table = try CompanionFolder(["m/labels.csv": "a\nb"])
        #expect(try table.companions().classNames == ["a", "b"])
        let named = try CompanionFolder([
            "labels.txt": "x", "m/own.txt": "y", "params.json": #"{"labels": "/tmp/../own.txt"}"#,
        ])
        #expect(try named.companions().classNames == ["y"])
        let direct = try CompanionFolder(["labels.txt": "x", "params.json": #"{"classes": ["z"]}"#])
        #expect(try direct.companions().classNames == ["z"])
        #expect(try CompanionFolder(["labels.txt": "\n"]).companions().classNames == nil)
    }

    @Test("Labels that are not there, too many, or no text are errors")
    func badLabels() throws {
        let absent = try CompanionFolder(["params.json": #"{"labels": "own.txt"}"#])
        let error = #expect(throws: InferenceError.self) { try absent.companions() }
        #expect(error?.message.contains("own.txt") == true)
        let many = try CompanionFolder(["labels.txt": String(repeating: "x\n", count: 100_001)])
        #expect(throws: InferenceError.self) { try many.companions() }
        let binary = try CompanionFolder([:])
        try binary.write(Data([0xFF, 0xFE, 0x00]), to: "labels.txt")
        #expect(throws: InferenceError.self) { try binary.companions() }
    }

    @Test(
        "Names of columns come from params.json, a list, the model's metadata, the scaling, or the inputs, in this order"
    )
    func features() throws {
        let scaling = #"{"features": ["s", "t", "u"], "mean": [0, 0, 0], "std": [1, 1, 1]}"#
        var files = ["preprocess.json": scaling]
        #expect(try CompanionFolder(files).companions().featureNames == ["s", "t", "u"])
        let metadata = ["feature_names": #"["u", "s", "t"]"#]
        #expect(try CompanionFolder(files).companions(metadata: metadata).featureNames == ["u", "s", "t"])
        files["features.json"] = #"["t", "s", "u"]"#
        #expect(try CompanionFolder(files).companions(metadata: metadata).featureNames == ["t", "s", "u"])
        files["params.json"] = #"{"features": ["u", "t", "s"]}"#
        #expect(try CompanionFolder(files).companions(metadata: metadata).featureNames == ["u", "t", "s"])
        let comma = try CompanionFolder([:]).companions(metadata: ["feature_names": "a, b,c"])
        #expect(comma.featureNames == ["a", "b", "c"])
        #expect(try CompanionFolder([:]).companions(.columns).featureNames == ["age", "sex"])
        #expect(try CompanionFolder([:]).companions().featureNames == nil)
    }

    @Test("Somebody else's metadata is left alone where it does not fit")
    func foreignMetadata() throws {
        for text in ["a,b", #"["a", "a", "b"]"#, ",,", ""] {
            #expect(try CompanionFolder([:]).companions(metadata: ["feature_names": text]).featureNames == nil)
        }
    }

    @Test(
        "Names that do not fit the model are errors",
        arguments: [
            ("features.json", #"["a", "b"]"#, "2 names"), ("features.json", #"["a", "a", "b"]"#, "twice"),
            ("feature_names.json", #"["a", "", "b"]"#, "empty"), ("features.json", #"{"a": 1}"#, "not a list"),
            ("params.json", #"{"features": ["a"]}"#, "1 names"),
        ])
    func badFeatures(file: String, text: String, message: String) throws {
        let folder = try CompanionFolder([file: text])
        let error = #expect(throws: InferenceError.self) { try folder.companions() }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix(file) == true)
    }

    @Test(
        "A scaling of each form does what the training did",
        arguments: [
            (#""mean": [1, 2, 3], "std": [2, 4, 0]"#, [3, 2, 5], [1, 0, 2]),
            (#""min": [0, 1, 5], "max": [10, 3, 5]"#, [5, 2, 99], [0.5, 0.5, 0]),
            (#""offset": [1, 1, 1], "factor": [1, 2, 3]"#, [2, 2, 2], [1, 2, 3]),
            (#""mean": [0, 0, 0], "std": [1, 1, 1], "nan": -7"#, [.nan, 1, 2], [-7, 1, 2]),
        ])
    func scaling(members: String, values: [Double], wanted: [Double]) throws {
        let folder = try CompanionFolder(["preprocess.json": #"{"features": ["a", "b", "c"], \#(members)}"#])
        var values = values
        try #require(try folder.companions().preprocessing).apply(to: &values)
        #expect(values == wanted)
    }

    @Test("A scaling is put in the model's order, and columns that it does not name stay as they are")
    func scalingOrder() throws {
        let folder = try CompanionFolder([
            "features.json": #"["a", "b", "c"]"#,
            "preprocess.json": #"{"features": ["c", "a"], "offset": [1, 2], "factor": [10, 100]}"#,
        ])
        var values: [Double] = [3, 3, 3, .nan, 4, 5]
        try #require(try folder.companions().preprocessing).apply(to: &values)
        #expect(values[...2] == [100, 3, 20])
        #expect(values[3].isNaN)
        #expect(values[4...] == [4, 40])
    }

    @Test(
        "A scaling that does not fit is an error",
        arguments: [
            (#"{"features": ["a", "b", "c"], "mean": [1], "std": [1]}"#, "3 names for 1"),
            (#"{"features": ["a", "b"], "mean": [1, 2], "std": [1, 2]}"#, "2 columns"),
            (#"{"mean": [1, 2], "std": [1]}"#, "std"), (#"{"mean": [1, 2, 3]}"#, #"no member "std""#),
            (#"{"mean": [1, 2, 3], "std": [1, -1, 1]}"#, "negative"),
            (#"{"min": [1, 2, 3], "max": [0, 2, 3]}"#, "below its min"),
            (#"{"mean": [NaN, 2, 3], "std": [1, 1, 1]}"#, "finite"),
            (#"{"mean": [1, 2, 3], "std": [1, 5e-324, 1]}"#, "too small"), (#"{"mean": "x"}"#, #""mean""#),
            ("[]", "object"),
            (
                #"{"features": ["j_0", "j_1", "m"], "min": [0, 0, 0], "max": [1, 1, 1], "jagged": {"j": 3}}"#,
                "3 columns"
            ),
            (#"{"min": [0, 0, 0], "max": [1, 1, 1], "jagged": {"j": 1}}"#, "no features"),
        ])
    func badScaling(text: String, message: String) throws {
        let folder = try CompanionFolder(["preprocess.json": text])
        let error = #expect(throws: InferenceError.self) { try folder.companions() }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("preprocess.json") == true)
    }
}
