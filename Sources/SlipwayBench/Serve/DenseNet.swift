import Foundation

/// The dense net of the comparison on disk: its file, the bodies of requests for it, and the answers that are right.
struct DenseNet: Sendable {
    static let name = "dense"

    private struct Expected: Decodable {
        let binaryHeaderLength: Int
        let answers: [Double]
    }

    /// Absolute: other programs are told of it.
    let folder: String
    /// One for each row of the batch, computed by ONNX Runtime in Python; the first is that of a single row.
    let answers: [Double]
    /// Bytes of JSON at the front of the body with binary tensors.
    let binaryHeaderLength: Int

    var file: String { folder + "/model.onnx" }

    static func make(_ workplace: Workplace, in folder: String) async throws -> DenseNet {
        try await Command.run(workplace.python, [workplace.peers + "/dense.py", folder, name])
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/expected.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: data)
        return DenseNet(
            folder: folder, answers: expected.answers, binaryHeaderLength: expected.binaryHeaderLength)
    }
}
