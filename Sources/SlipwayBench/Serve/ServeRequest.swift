import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A request that is sent again and again, and how its answer is read.
struct ServeRequest: Sendable {
    var path: String
    /// Name of the body's file in the folder of the net; nil: the request has none.
    var body: String?
    var headers: [(name: String, value: String)] = [("Content-Type", "application/json")]
    var answer: ServeAnswer
    var rows = 1

    /// The protocol of MLServer and others, one row as JSON.
    static let openInference = ServeRequest(
        path: "/v2/models/\(DenseNet.name)/infer", body: "row.v2.json", answer: .openInference)

    /// One row in `{"inputs": [[…]]}`, the least that a server can be asked in JSON.
    static func plain(_ path: String, answer: ServeAnswer) -> ServeRequest {
        ServeRequest(path: path, body: "row.plain.json", answer: answer)
    }

    static let native = ServeRequest(
        path: "/api/v1/models/\(DenseNet.name)/predict", body: "row.predict.json", answer: .member("predictions"))

    static let tfaas = ServeRequest(path: "/tfaas/json", body: "row.tfaas.json", answer: .bare)

    /// Binary tensors in both directions, all rows of the batch in one request.
    static func binary(_ net: DenseNet) -> ServeRequest {
        ServeRequest(
            path: "/v2/models/\(DenseNet.name)/infer", body: "rows.v2.bin",
            headers: [
                ("Content-Type", "application/octet-stream"),
                ("Inference-Header-Content-Length", "\(net.binaryHeaderLength)"),
            ],
            answer: .binary, rows: net.answers.count)
    }

    func authorized(by token: String) -> ServeRequest {
        var request = self
        request.headers.append(("Authorization", "Bearer \(token)"))
        return request
    }

    /// Asks once and compares the answer with that of ONNX Runtime in Python.
    ///
    /// - Throws: `BenchError` where the status is none of success, or a number is off by more than 1e-5.
    func check(port: Int, against net: DenseNet) async throws {
        var message = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        message.method = body == nil ? .GET : .POST
        for header in headers { message.headers.add(name: header.name, value: header.value) }
        if let body {
            message.body = .bytes(
                ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: net.folder + "/" + body))))
        }
        let reply = try await HTTPClient.shared.execute(message, timeout: .seconds(10))
        let bytes = Data((try await reply.body.collect(upTo: 1 << 20)).readableBytesView)
        guard (200..<300).contains(reply.status.code) else {
            throw BenchError(
                .answer, "\(path) was answered \(reply.status): \(String(decoding: bytes.prefix(500), as: UTF8.self))")
        }
        guard let numbers = try answer.numbers(in: bytes, headers: reply.headers) else { return }
        let expected = Array(net.answers.prefix(rows))
        let isRight = numbers.count == expected.count && zip(numbers, expected).allSatisfy { abs($0 - $1) <= 1e-5 }
        guard isRight else { throw BenchError(.answer, "\(path) answered \(numbers), and \(expected) is right") }
    }
}
