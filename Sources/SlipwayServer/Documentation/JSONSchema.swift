import Foundation
import SlipwayAPI

/// JSON Schema read from an example of what is really sent.
enum JSONSchema {
    static func reading(_ sample: some Encodable) throws -> JSONValue {
        let data = try WireJSON.encoder().encode(sample)
        return schema(of: try JSONDecoder().decode(JSONValue.self, from: data))
    }

    static func schema(of value: JSONValue) -> JSONValue {
        switch value {
        case .null: return .object([:])
        case .bool: return type("boolean")
        case .integer: return type("integer")
        case .number: return type("number")
        case .string(let text):
            let isTime =
                (try? Date(text, strategy: .iso8601.year().month().day().time(includingFractionalSeconds: true))) != nil
            return isTime ? .object(["type": .string("string"), "format": .string("date-time")]) : type("string")
        case .array(let elements):
            return .object(["type": .string("array"), "items": elements.first.map(schema) ?? .object([:])])
        case .object(let members):
            return .object(["type": .string("object"), "properties": .object(members.mapValues(schema))])
        }
    }

    private static func type(_ name: String) -> JSONValue { .object(["type": .string(name)]) }
}
