import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Labels of predictions")
struct LabelTests {
    private func prediction(_ outputs: [Tensor], classes: [String]?) -> Prediction {
        Prediction(
            .of([TensorSpecification(name: "x", type: .float32, shape: [-1, 1])], classes: classes), outputs: outputs)
    }

    private let scores = Tensor(name: "p", shape: [2, 3], values: .float32([0.1, 0.7, 0.2, 0.5, 0.25, 0.25]))

    @Test("Scores of named classes are told best first, equals in the model's order")
    func top() {
        let found = prediction([scores], classes: ["a", "b", "c"])
        #expect(found.labels == ["b", "a"])
        #expect(found.top?.map { $0.map(\.label) } == [["b", "c", "a"], ["a", "b", "c"]])
        #expect(found.top?[1].map(\.score) == [0.5, 0.25, 0.25])
    }

    @Test("Of many classes five are told, and what is not a number is left out")
    func five() {
        let many = Tensor(name: "p", shape: [1, 8], values: .float64([1, 8, 3, .nan, 5, 6, 7, 2]))
        let found = prediction([many], classes: (0..<8).map { "c\($0)" })
        #expect(found.top?[0].map(\.label) == ["c1", "c6", "c5", "c4", "c2"])
    }

    @Test("A classifier's own class is the label, by name where there is one")
    func classes() {
        let numbers = Tensor(name: "label", shape: [2], values: .int64([1, 0]))
        #expect(prediction([numbers, scores], classes: ["a", "b", "c"]).labels == ["b", "a"])
        // Without names a number is a prediction, not a label.
        #expect(prediction([numbers, scores], classes: nil).labels == nil)
        #expect(prediction([numbers, scores], classes: nil).top == nil)
        let text = Tensor(name: "label", shape: [2, 1], values: .string([Array("x".utf8), Array("y".utf8)]))
        #expect(prediction([text, scores], classes: nil).labels == ["x", "y"])
    }

    @Test("The names that the engine gives scores serve too, and tell which class a number is")
    func engineLabels() {
        let named = Tensor(
            name: "p", shape: [2, 3], values: scores.values, labels: ["10", "20", "30"])
        let numbers = Tensor(name: "label", shape: [2], values: .int64([20, 10]))
        let plain = prediction([numbers, named], classes: nil)
        #expect(plain.top?[0].first?.label == "20")
        #expect(prediction([numbers, named], classes: ["a", "b", "c"]).labels == ["b", "a"])
        #expect(prediction([numbers], classes: ["a", "b"]).labels == nil)
    }

    @Test("The first row's numbers are given whatever their type, text is not")
    func firstRow() throws {
        #expect(try prediction([scores], classes: nil).firstRow() == [0.1, 0.7, 0.2])
        let numbers = Tensor(name: "label", shape: [2], values: .int64([7, 8]))
        #expect(try prediction([numbers], classes: nil).firstRow() == [7])
        let text = Tensor(name: "label", shape: [1], values: .string([[1]]))
        #expect(throws: SlipwayError.self) { try prediction([text], classes: nil).firstRow() }
    }
}
