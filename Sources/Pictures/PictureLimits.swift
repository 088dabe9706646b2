/// What a picture may be, read from its header before memory is taken for its pixels.
package struct PictureLimits: Sendable, Hashable {
    /// Bytes of the file.
    package var bytes: Int
    /// Width times height.
    package var pixels: Int
    /// Pixels along one side.
    package var side: Int

    package init(bytes: Int = 32 << 20, pixels: Int = 64 << 20, side: Int = 65_500) {
        self.bytes = bytes
        self.pixels = pixels
        self.side = side
    }

    func check(bytes count: Int) throws(PictureError) {
        guard count <= bytes else {
            throw PictureError(.tooLarge, "the picture is \(count) bytes long; at most \(bytes) are taken")
        }
    }

    func check(width: Int, height: Int) throws(PictureError) {
        guard width > 0, height > 0 else { throw PictureError(.broken, "the picture has no pixels") }
        guard width <= side, height <= side, width <= pixels / height else {
            throw PictureError(
                .tooLarge,
                "the picture has \(width) × \(height) pixels; at most \(pixels) are taken, and \(side) a side")
        }
    }
}
