import Foundation
import SlipwayAPI

/// A whole answer of the server.
struct HTTPAnswer: Sendable {
    var status: Int
    /// By name in lower case.
    var headers: [String: String]
    var body: Data

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; throws `TestFailure` with the body where it has another status or is none.
    func decoded<Value: Decodable>(_ type: Value.Type = Value.self, status expected: Int = 200) throws -> Value {
        guard status == expected else { throw TestFailure("the answer is \(status), not \(expected): \(text)") }
        do {
            return try WireJSON.decoder().decode(type, from: body)
        } catch {
            throw TestFailure("the answer is no \(type): \(error)\n\(text)")
        }
    }

    /// The body as a JSON object, whose members may be anything.
    func object(status expected: Int = 200) throws -> [String: JSONValue] { try decoded(status: expected) }
}
