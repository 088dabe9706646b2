import Foundation
import NIOCore
import SlipwayAPI
import SlipwayCore
import SlipwayServices

/// What `POST /submit` takes: `{"name": "luca", "device": "cpu", "memory": "3gb", "cpus": "2", …}`.
///
/// Members that are not known, such as `fout` of older clients, say nothing here.
struct SubmitBody: Hashable {
    var name: String
    var wantsGPU: Bool
    var memoryMegabytes: Int?
    /// Whole processors.
    var cpus: Int?
    var files: String
    var labels: String
    var model: String
    var params: String
    var preproc: String?

    /// - Throws: `SlipwayError` of code `invalid` with every member at fault.
    init(_ body: ByteBuffer) throws {
        guard let members = try? JSONDecoder().decode([String: JSONValue].self, from: Data(body.readableBytesView))
        else {
            throw SlipwayError(
                .invalid,
                "The body is no JSON object such as {\"name\": \"luca\", \"device\": \"cpu\", \"memory\": \"3gb\", "
                    + "\"cpus\": \"2\", \"files\": \"files.txt\", \"labels\": \"labels.txt\", \"model\": \"model.py\", "
                    + "\"params\": \"params.json\"}.")
        }
        var reader = Reader(members: members)
        name = reader.required("name", "the folder that was uploaded")
        wantsGPU = reader.isGPU("device")
        memoryMegabytes = reader.amount(
            "memory", "must be a size of at least 6mb, such as 3gb or 512m", DockerAmounts.megabytes)
        cpus = reader.amount(
            "cpus", "must be a number of processors above 0, such as 2 or 1.5", DockerAmounts.processors)
        files = reader.required("files", "the file of the folder that lists the data files, one a line")
        labels = reader.required("labels", "the file of the folder that lists their labels, or the label's branch")
        model = reader.required("model", "the Python file of the folder that defines the model")
        params = reader.required("params", "the JSON file of the folder with the parameters")
        preproc = reader.text("preproc")
        guard reader.faults.isEmpty else {
            throw SlipwayError(.invalid, "Nothing was submitted.", faults: reader.faults)
        }
    }

    /// What the service is asked for.
    var request: WorkflowRequest {
        WorkflowRequest(
            folder: name, device: wantsGPU ? .gpu : .cpu, memoryMegabytes: memoryMegabytes, cpus: cpus, files: files,
            labels: labels, model: model, params: params, preproc: preproc)
    }

    private struct Reader {
        let members: [String: JSONValue]
        var faults: [FieldFault] = []

        init(members: [String: JSONValue]) {
            self.members = members
        }

        mutating func required(_ member: String, _ meaning: String) -> String {
            if let text = text(member) { return text }
            if !faults.contains(where: { $0.path == member }) {
                faults.append(FieldFault(path: member, message: "is missing: \(meaning)."))
            }
            return ""
        }

        /// Nil where it is missing, null or empty.
        mutating func text(_ member: String) -> String? {
            switch members[member] ?? .null {
            case .null: return nil
            case .string(let text): return text.isEmpty ? nil : text
            case .bool, .integer, .number, .array, .object:
                faults.append(FieldFault(path: member, message: "must be a text."))
                return nil
            }
        }

        mutating func isGPU(_ member: String) -> Bool {
            switch text(member)?.lowercased() {
            case nil, "cpu": return false
            case "gpu": return true
            case let other?:
                faults.append(FieldFault(path: member, value: other, message: "must be cpu or gpu."))
                return false
            }
        }

        /// A text or a number; nil where it is missing, null or empty.
        mutating func amount(_ member: String, _ meaning: String, _ parse: (String) -> Int?) -> Int? {
            let text: String
            switch members[member] ?? .null {
            case .null, .string(""): return nil
            case .string(let value): text = value
            case .integer(let value): text = "\(value)"
            case .number(let value): text = "\(value)"
            case .bool, .array, .object: text = "no number"
            }
            if let amount = parse(text) { return amount }
            faults.append(FieldFault(path: member, value: text, message: "is “\(text.prefix(40))”, but \(meaning)."))
            return nil
        }
    }
}
