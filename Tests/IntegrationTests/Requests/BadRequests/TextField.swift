import SlipwayAPI
import Testing

/// A field of the config that holds text.
struct TextField: Sendable, CustomTestStringConvertible {
    enum Place: Sendable {
        case top
        case infrastructure
    }

    var name: String
    var place: Place
    var usual: String
    /// Whether only the names of things that exist, or names of one form, are right.
    var isName: Bool

    var testDescription: String { name }

    var path: String { place == .top ? "$.\(name)" : "$.clusters.atena02.infra_config.\(name)" }

    func config(_ value: String) -> TaskConfig {
        switch place {
        case .top: TaskConfig(further: [name: .string(value)])
        case .infrastructure: TaskConfig(resources: [name: .string(value)])
        }
    }

    /// The config with another value in this field; nil takes it out.
    func setting(_ value: JSONValue?, in config: JSONValue) -> JSONValue {
        let way = place == .top ? [name] : ["clusters", "atena02", "infra_config", name]
        return Self.setting(value, at: way[...], in: config)
    }

    private static func setting(_ value: JSONValue?, at way: ArraySlice<String>, in config: JSONValue) -> JSONValue {
        guard let first = way.first, case .object(var members) = config else { return config }
        let rest = way.dropFirst()
        members[first] = rest.isEmpty ? value : members[first].map { setting(value, at: rest, in: $0) }
        return .object(members)
    }

    static let all = [
        TextField(name: "dataset_name", place: .top, usual: "wine_classification", isName: true),
        TextField(name: "script_path", place: .top, usual: "train.py", isName: true),
        TextField(name: "model_name", place: .top, usual: "wine", isName: true),
        TextField(name: "execution_mode", place: .top, usual: "no-mlflow", isName: true),
        TextField(name: "webhook_url", place: .top, usual: "https://hooks.example.org/", isName: true),
        TextField(name: "instance_type", place: .infrastructure, usual: "cpu", isName: true),
        TextField(name: "image_name", place: .infrastructure, usual: "sklearn_sample_latest", isName: true),
        TextField(name: "account", place: .infrastructure, usual: "twinscie", isName: true),
        TextField(name: "experiment_name", place: .top, usual: "wine", isName: false),
        TextField(name: "tracking_uri", place: .top, usual: "experiments", isName: false),
        TextField(name: "project_path", place: .top, usual: "project", isName: false),
    ]
}
