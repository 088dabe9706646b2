extension Picture {
    /// Decodes a PNG or JPEG file. Transparency is left out, as Pillow's `convert` does.
    ///
    /// Blocks for milliseconds, or tenths of a second where the picture is as large as the limits.
    ///
    /// - Parameter channels: 1 for grey, 3 for colour, whatever the file has.
    /// - Throws: `PictureError`; `tooLarge` before anything is decoded.
    package init(
        decoding file: UnsafeRawBufferPointer, channels: Int, limits: PictureLimits = PictureLimits()
    ) throws(PictureError) {
        precondition(channels == 1 || channels == 3, "pictures are grey or of three colours")
        try limits.check(bytes: file.count)
        if file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = try PNGDecoder.decode(file, channels: channels, limits: limits)
        } else if file.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = try JPEGDecoder.decode(file, channels: channels, limits: limits)
        } else {
            throw PictureError(.unknownFormat, "the picture is neither PNG nor JPEG")
        }
    }

    /// The grey of each pixel, by the weights of ITU-R BT.601 that JPEG and Pillow use.
    ///
    /// - Parameter stride: Samples a pixel; the first three are red, green and blue.
    static func luma(_ samples: [UInt8], stride: Int) -> [UInt8] {
        var grey = [UInt8](repeating: 0, count: samples.count / stride)
        for pixel in grey.indices {
            let start = pixel * stride
            let (red, green, blue) = (UInt32(samples[start]), UInt32(samples[start + 1]), UInt32(samples[start + 2]))
            grey[pixel] = UInt8((red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16)
        }
        return grey
    }

    /// The first samples of each pixel.
    static func leading(_ count: Int, of samples: [UInt8], stride: Int) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(samples.count / stride * count)
        for start in Swift.stride(from: 0, to: samples.count, by: stride) {
            kept.append(contentsOf: samples[start..<(start + count)])
        }
        return kept
    }

    /// A grey sample three times for each pixel.
    static func tripled(_ grey: [UInt8]) -> [UInt8] {
        var samples = [UInt8](repeating: 0, count: grey.count * 3)
        for pixel in grey.indices {
            samples[3 * pixel] = grey[pixel]
            samples[3 * pixel + 1] = grey[pixel]
            samples[3 * pixel + 2] = grey[pixel]
        }
        return samples
    }
}
