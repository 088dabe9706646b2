import NIOCore
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

    @Test(
        "Where the channels stand is read from the shape",
        arguments: [
            ([-1, 3, 224, 200], false, true, 3, 224, 200), ([1, 28, 30, 1], false, false, 1, 28, 30),
            ([-1, 28, 28], true, false, 1, 28, 28), ([1, 28, 28], false, false, 1, 28, 28),
            ([3, 64, 32], false, true, 3, 64, 32), ([64, 32, 3], false, false, 3, 64, 32),
            ([-1, 784], false, false, 1, 28, 28), ([-1, 3, -1, -1], false, true, 3, nil, nil),
            ([-1, -1, -1, 3], false, false, 3, nil, nil), ([-1, -1, -1, -1], true, false, 3, nil, nil),
            ([-1, -1, -1, -1], false, true, 3, nil, nil), ([-1, 3, 3, 3], true, false, 3, 3, 3),
        ])
    func layouts(wanted: [Int], isTensorFlow: Bool, isFirst: Bool, channels: Int, height: Int?, width: Int?) throws {
        let found = try #require(shape(wanted, prefersChannelsLast: isTensorFlow))
        #expect((found.layout == .channelsFirst) == isFirst)
        #expect(found.channels == channels)
        #expect(found.height == height)
        #expect(found.width == width)
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
