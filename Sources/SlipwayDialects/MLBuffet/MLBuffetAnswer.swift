import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayAPI
import SlipwayServer

/// What every answer of MLBuffet is wrapped in: `{"http_status": {"code", "name", "description"}, …}`.
///
/// The code inside is the answer's own status too.
struct MLBuffetAnswer<Members: Encodable & Sendable>: Encodable, Sendable {
    private let status: HTTPResponse.Status
    private let description: String
    /// What stands beside `http_status`: encodes itself as an object.
    private let members: Members

    /// - Parameter description: Nil is the status' name.
    init(_ status: HTTPResponse.Status = .ok, _ description: String? = nil, members: Members) {
        self.status = status
        self.description = description ?? Self.name(of: status)
        self.members = members
    }

    func response(headers: HTTPFields = [:]) throws -> Response {
        try .json(self, status: status, headers: headers)
    }

    func encode(to encoder: any Encoder) throws {
        try members.encode(to: encoder)
        var envelope = encoder.container(keyedBy: EnvelopeKey.self)
        var inner = envelope.nestedContainer(keyedBy: StatusKey.self, forKey: .httpStatus)
        try inner.encode(status.code, forKey: .code)
        try inner.encode(Self.name(of: status), forKey: .name)
        try inner.encode(description, forKey: .description)
    }

    private enum EnvelopeKey: String, CodingKey {
        case httpStatus = "http_status"
    }

    private enum StatusKey: String, CodingKey {
        case code, name, description
    }

    /// The old server's words, which are those of RFC 7231 and RFC 4918.
    private static func name(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 413: "Request Entity Too Large"
        case 422: "Unprocessable Entity"
        default: status.reasonPhrase
        }
    }
}

extension MLBuffetAnswer where Members == [String: JSONValue] {
    /// - Parameter description: Nil is the status' name.
    init(_ status: HTTPResponse.Status = .ok, _ description: String? = nil) {
        self.init(status, description, members: [:])
    }
}

extension ErrorStyle {
    /// The envelope, whose description is what was wrong.
    static let mlbuffet = ErrorStyle { problem in
        let answer = MLBuffetAnswer(problem.status, problem.sentence)
        return ("application/json", ByteBuffer(bytes: try WireJSON.encoder().encode(answer)))
    }
}
