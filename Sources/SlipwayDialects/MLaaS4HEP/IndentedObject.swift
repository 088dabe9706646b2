import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayAPI
import SlipwayServer

/// A JSON object written as the old server does: members in a given order, each on a line, with one space before it.
struct IndentedObject: Encodable, Sendable {
    let members: [(name: String, value: JSONValue)]

    init(_ members: (String, JSONValue)...) {
        self.members = members.map { (name: $0.0, value: $0.1) }
    }

    func response() throws -> Response {
        let encoder = WireJSON.encoder()
        let lines = try members.map { member in
            let (name, value) = (try encoder.encode(member.name), try encoder.encode(member.value))
            return " \(String(decoding: name, as: UTF8.self)): \(String(decoding: value, as: UTF8.self))"
        }
        return .text("{\n\(lines.joined(separator: ",\n"))\n}", contentType: "application/json")
    }

    func encode(to encoder: any Encoder) throws {
        try Dictionary(members.map { ($0.name, $0.value) }) { $1 }.encode(to: encoder)
    }
}
