import Foundation
import HTTPTypes
import Multipart
import NIOCore
import SlipwayServer
import SlipwayServices

/// The parts of an upload's form, in whichever order they come.
struct TFaaSUploadForm {
    private enum Part {
        case none
        case name(ByteBuffer)
        case params
        case model
        case labels
        /// A value that this server does without, as `op`.
        case ignored
    }

    static let parametersLimit = 1 << 20

    private let bundle: ModelBundle
    private let isBase64: Bool
    private var part = Part.none
    private var decoder = Base64Stream()
    private var name: String?
    private var hasParameters = false
    private var modelFile: String?
    private var labelsFile: String?

    /// - Parameter isBase64: The part `model` is.
    init(bundle: ModelBundle, isBase64: Bool) {
        self.bundle = bundle
        self.isBase64 = isBase64
    }

    mutating func begin(_ head: MultipartPartHead) async throws {
        switch head.name {
        case "name":
            // What has no filename is a field, whose length is limited.
            guard head.filename == nil else {
                throw Problem(.badRequest, "The form's “name” must be a field, not a file.")
            }
            part = .name(ByteBuffer())
        case "params":
            part = .params
            try await bundle.beginFile("params.json", field: "params")
            hasParameters = true
        case "model":
            part = .model
            modelFile = try await bundle.beginFile(head.filename ?? "", field: "model")
        case "labels":
            part = .labels
            labelsFile = try await bundle.beginFile(head.filename ?? "labels.txt", field: "labels")
        default:
            guard head.filename == nil else {
                throw Problem(
                    .badRequest,
                    "The form has a file “\(head.name.prefix(100))”; the files of a model are params, model and labels."
                )
            }
            part = .ignored
        }
    }

    mutating func write(_ bytes: ByteBuffer) async throws {
        switch part {
        case .none, .ignored: break
        case .name(var text):
            var bytes = bytes
            part = .none
            text.writeBuffer(&bytes)
            part = .name(text)
        case .model where isBase64:
            guard let decoded = decoder.decode(bytes) else { throw Self.notBase64 }
            try await bundle.write(decoded)
        case .params, .model, .labels: try await bundle.write(bytes)
        }
    }

    mutating func end() async throws {
        switch part {
        case .none, .ignored: break
        case .name(let text): name = String(buffer: text)
        case .model where isBase64 && !decoder.isComplete: throw Self.notBase64
        case .params, .model, .labels: try await bundle.end()
        }
        part = .none
    }

    /// Checks that the parts fit together.
    ///
    /// - Returns: The model's name.
    func finish() async throws -> String {
        let given = [("name", name != nil), ("params", hasParameters), ("model", modelFile != nil)]
        if let missing = given.first(where: { !$0.1 })?.0 {
            throw Problem(.badRequest, "The form does not have “\(missing)”: name, params and model have to be there.")
        }
        guard let name, let modelFile else { return "" }
        let data = try await bundle.contents(of: "params.json", limit: Self.parametersLimit)
        guard let parameters = TFaaSParameters(data) else {
            throw Problem(.badRequest, "The file params is not a JSON object of at most \(Self.parametersLimit) bytes.")
        }
        if let other = parameters.name, !other.isEmpty, other != name {
            throw Problem(
                .badRequest,
                "The form is for the model “\(name.prefix(128))”, and its params for “\(other.prefix(128))”.")
        }
        try await fit(modelFile, to: parameters.model, "model")
        if let labelsFile { try await fit(labelsFile, to: parameters.labels, "labels") }
        return name
    }

    /// Gives a file the name that `params.json` has for it.
    private func fit(_ file: String, to wanted: String?, _ field: String) async throws {
        guard let wanted = wanted?.split(separator: "/").last.map(String.init), wanted != file else { return }
        guard (wanted as NSString).pathExtension == (file as NSString).pathExtension else {
            throw Problem(
                .badRequest,
                "The params name the \(field) “\(wanted.prefix(200))”, and the form has “\(file)”: these must be one file."
            )
        }
        try await bundle.rename(file, to: wanted, field: field)
    }

    private static let notBase64 = Problem(
        .badRequest, "The part “model” is not base64, which the request's Content-Encoding says it is.")
}
