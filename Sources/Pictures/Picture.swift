/// A decoded picture: 8 bits a sample, grey or red, green and blue.
package struct Picture: Sendable, Hashable {
    package let width: Int
    package let height: Int
    /// 1 for grey, 3 for colour.
    package let channels: Int
    /// Row by row, the channels of a pixel side by side.
    package let samples: [UInt8]

    package init(width: Int, height: Int, channels: Int, samples: [UInt8]) {
        precondition(samples.count == width * height * channels, "a picture has as many samples as its size says")
        self.width = width
        self.height = height
        self.channels = channels
        self.samples = samples
    }
}
