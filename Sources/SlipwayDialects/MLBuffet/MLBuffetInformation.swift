import Foundation
import SlipwayAPI
import SlipwayCore
import SlipwayServer

/// What `GET …/models/TAG` tells beside the envelope.
struct MLBuffetInformation: Encodable, Sendable {
    var model: String
    var description: String
    /// The kind of model.
    var modelType: String
    /// The first input; null where no engine can read the model.
    var inputName: String?
    /// The first input's dimensions; null where any size goes.
    var inputShape: [Int?]?
    var outputName: String?

    private enum CodingKeys: String, CodingKey {
        case model, description
        case modelType = "model_type"
        case inputName = "input_name"
        case inputShape = "num_inputs"
        case outputName = "output_name"
    }

    /// - Parameter description: The tag's; nil takes the version's.
    init(_ version: ModelVersion, signature: ModelSignature?, description: String?) {
        model = version.name
        self.description = description ?? version.description ?? ""
        modelType = version.format
        inputName = signature?.inputs.first?.name
        inputShape = signature?.inputs.first?.shape.map { $0 < 0 ? nil : $0 }
        outputName = signature?.outputs.first?.name
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(model, forKey: .model)
        try members.encode(description, forKey: .description)
        try members.encode(modelType, forKey: .modelType)
        try members.encode(inputName, forKey: .inputName)
        try members.encode(inputShape, forKey: .inputShape)
        try members.encode(outputName, forKey: .outputName)
    }

    static let sample = MLBuffetAnswer(
        members: MLBuffetInformation(.sample, signature: nil, description: "Species of Iris flowers."))
}

/// What `GET …/models/TAG/information` tells beside the envelope.
struct MLBuffetVersions: Encodable, Sendable {
    struct Version: Encodable, Sendable {
        var description: String
        /// Name of the model's file; empty where it has several and none is the model.
        var file: String
        /// What made the model, in its uploader's words.
        var library: String
        /// Where the version is downloaded.
        var path: String
        /// `15:04:05 31/01/2026`, UTC.
        var time: String

        private enum CodingKeys: String, CodingKey {
            case description, file, path, time
            case library = "ml_library"
        }

        init(_ version: ModelVersion, file: String?, prefix: String) {
            description = version.description ?? ""
            self.file = file?.split(separator: "/").last.map(String.init) ?? ""
            library = version.library ?? ""
            path = "\(prefix)/api/v1/models/\(PathSegment.encode(version.name)):\(version.version)/download"
            time = version.createdAt.formatted(Self.style)
        }

        private static let style = Date.VerbatimFormatStyle(
            format: """
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                \(second: .twoDigits) \(day: .twoDigits)/\(month: .twoDigits)/\(year: .defaultDigits)
                """,
            timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
    }

    /// By number.
    var versions: [String: Version]
    var defaultVersion: String?

    private enum CodingKeys: String, CodingKey {
        case versions = "tag_list_versions"
        case defaultVersion = "default_version"
    }

    static let sample = MLBuffetAnswer(
        members: MLBuffetVersions(
            versions: ["1": Version(.sample, file: "iris.onnx", prefix: "")], defaultVersion: "1"))
}
