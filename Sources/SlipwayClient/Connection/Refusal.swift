import Foundation
import NIOCore
import NIOFoundationCompat
import SlipwayAPI

/// Puts a reply that is not a success into words.
enum Refusal {
    /// The shapes of an error body: RFC 9457 of the native API, `error` of the Open Inference Protocol.
    private struct InferenceProblem: Decodable {
        var error: String
    }

    static func error(status: Int, location: String?, body: ByteBuffer?, url: String) -> ClientError {
        let code: ClientError.Code = status >= 500 ? .failed(status: status) : .refused(status: status)
        let data = body.map { Data(buffer: $0) } ?? Data()
        if let problem = try? WireJSON.decoder().decode(ProblemAnswer.self, from: data) {
            let sentence = problem.detail.isEmpty ? problem.title : problem.detail
            return ClientError(code, sentence, faults: (problem.errors ?? []).map(line(for:)))
        }
        if let problem = try? WireJSON.decoder().decode(InferenceProblem.self, from: data) {
            return ClientError(code, problem.error)
        }
        if (300..<400).contains(status), let location {
            return ClientError(
                code, "the server at \(url) sends us to \(location); set SLIPWAY_URL to the address there")
        }
        let excerpt = TerminalText.plain(String(decoding: data.prefix(200), as: UTF8.self))
        return ClientError(code, "the server at \(url) answered \(status)" + (excerpt.isEmpty ? "" : ": \(excerpt)"))
    }

    /// `$.dataset_name = “wnie”: no such dataset; there are …`.
    private static func line(for field: ProblemAnswer.Field) -> String {
        guard let value = field.value, !field.message.contains(value) else { return "\(field.path): \(field.message)" }
        return "\(field.path) = “\(value)”: \(field.message)"
    }
}
