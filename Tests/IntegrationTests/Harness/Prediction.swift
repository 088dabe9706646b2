/// An answer of the Open Inference Protocol.
struct Prediction: Decodable, Sendable {
    var outputs: [Output]

    struct Output: Decodable, Sendable {
        var name: String
        var datatype: String
        var shape: [Int]
        var data: [Double]
    }
}
