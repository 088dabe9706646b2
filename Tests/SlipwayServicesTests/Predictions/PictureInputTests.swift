import NIOCore
import Pictures
import SlipwayCore
import Testing

@testable import SlipwayServices

@Suite("Inputs that take pictures")
struct PictureInputTests {
    private func shape(
        _ shape: [Int], channels: Int? = nil, width: Int? = nil, height: Int? = nil, prefersChannelsLast: Bool = false
    ) -> PictureShape? {
        var parameters = ImageParameters()
        parameters.channels = channels
        parameters.width = width
        parameters.height = height
        return PictureShape(shape, parameters, prefersChannelsLast: prefersChannelsLast)
    }

    /// A shape, and where its picture stands; nil where any size goes.
    struct Case: Sendable {
        var shape: [Int]
        var isTensorFlow = false
        var layout: Picture.Layout
        var channels: Int
        var height: Int?
        var width: Int?

        static let all: [Case] = [
            Case(shape: [-1, 3, 224, 200], layout: .channelsFirst, channels: 3, height: 224, width: 200),
            Case(shape: [1, 28, 30, 1], layout: .channelsLast, channels: 1, height: 28, width: 30),
            Case(shape: [-1, 28, 28], isTensorFlow: true, layout: .channelsLast, channels: 1, height: 28, width: 28),
            Case(shape: [1, 28, 28], layout: .channelsLast, channels: 1, height: 28, width: 28),
            Case(shape: [3, 64, 32], layout: .channelsFirst, channels: 3, height: 64, width: 32),
            Case(shape: [64, 32, 3], layout: .channelsLast, channels: 3, height: 64, width: 32),
            Case(shape: [-1, 784], layout: .channelsLast, channels: 1, height: 28, width: 28),
            Case(shape: [-1, 3, -1, -1], layout: .channelsFirst, channels: 3),
            Case(shape: [-1, -1, -1, 3], layout: .channelsLast, channels: 3),
            Case(shape: [-1, -1, -1, -1], isTensorFlow: true, layout: .channelsLast, channels: 3),
            Case(shape: [-1, -1, -1, -1], layout: .channelsFirst, channels: 3),
            Case(shape: [-1, 3, 3, 3], isTensorFlow: true, layout: .channelsLast, channels: 3, height: 3, width: 3),
        ]
    }

    @Test("Where the channels stand is read from the shape", arguments: Case.all)
    func layouts(wanted: Case) throws {
        let found = try #require(shape(wanted.shape, prefersChannelsLast: wanted.isTensorFlow))
        #expect(found.layout == wanted.layout)
        #expect(found.channels == wanted.channels)
        #expect(found.height == wanted.height)
        #expect(found.width == wanted.width)
    }

    @Test("params.json decides where the shape leaves it open")
    func parameters() throws {
        #expect(try #require(shape([-1, 1, 28, 3], channels: 3)).layout == .channelsLast)
        #expect(try #require(shape([-1, 600], channels: 3, width: 20, height: 10)).channels == 3)
        #expect(try #require(shape([-1, -1, -1, -1], channels: 1)).channels == 1)
    }

    @Test(
        "Shapes that hold no picture are none",
        arguments: [[-1], [], [-1, 783], [-1, 4, 28, 28], [2, 3, 28, 28], [5, 28, 28], [-1, 3, 28, 28, 3]])
    func none(wanted: [Int]) {
        #expect(shape(wanted) == nil)
    }

    @Test("A model that takes no picture, or whose parameters contradict it, is refused in words")
    func refused() {
        let table = #expect(throws: SlipwayError.self) { try PictureInput(.table) }
        #expect(table?.code == .unsupported)
        var image = ImageParameters()
        image.width = 10
        let other = #expect(throws: SlipwayError.self) {
            try PictureInput(
                .of([TensorSpecification(name: "x", type: .float32, shape: [-1, 3, 8, 8])], image: image))
        }
        #expect(other?.message.contains("width of 10; its input wants 8") == true)
    }

    @Test("What is no picture is refused before a model runs")
    func broken() async throws {
        let input = try PictureInput(.one(.float32, [-1, 3, 8, 8]))
        let error = await #expect(throws: SlipwayError.self) { try await input.tensor(ByteBuffer(string: "no")) }
        #expect(error?.code == .invalid)
    }
}
