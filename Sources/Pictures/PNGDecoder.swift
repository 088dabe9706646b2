import CPNG

/// PNG files by libpng's simplified interface, which returns its errors.
enum PNGDecoder {
    static func decode(
        _ file: UnsafeRawBufferPointer, channels: Int, limits: PictureLimits
    ) throws(PictureError) -> Picture {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        guard png_image_begin_read_from_memory(&image, file.baseAddress, file.count) != 0 else {
            throw broken(image)
        }
        let (width, height) = (Int(image.width), Int(image.height))
        try limits.check(width: width, height: height)
        // The file's own colours and transparency are kept here: the library would compose on a background, and weigh
        // the colours of grey by light instead of by samples.
        let isColour = image.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0
        let hasAlpha = image.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
        image.format =
            (isColour ? png_uint_32(PNG_FORMAT_FLAG_COLOR) : 0) | (hasAlpha ? png_uint_32(PNG_FORMAT_FLAG_ALPHA) : 0)
        // Samples of 16 bits are brighter or darker by as much as those of 8 bits, not by light.
        image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
        let stride = (isColour ? 3 : 1) + (hasAlpha ? 1 : 0)
        var isRead = false
        let samples = [UInt8](unsafeUninitializedCapacity: width * height * stride) { buffer, count in
            isRead = png_image_finish_read(&image, nil, buffer.baseAddress, png_int_32(width * stride), nil) != 0
            count = isRead ? buffer.count : 0
        }
        guard isRead else { throw broken(image) }
        return Picture(
            width: width, height: height, channels: channels,
            samples: converted(samples, stride: stride, isColour: isColour, to: channels))
    }

    private static func converted(_ samples: [UInt8], stride: Int, isColour: Bool, to channels: Int) -> [UInt8] {
        if isColour {
            if channels == 1 { return Picture.luma(samples, stride: stride) }
            return stride == 3 ? samples : Picture.leading(3, of: samples, stride: stride)
        }
        let grey = stride == 1 ? samples : Picture.leading(1, of: samples, stride: stride)
        return channels == 1 ? grey : Picture.tripled(grey)
    }

    private static func broken(_ image: png_image) -> PictureError {
        let words = withUnsafeBytes(of: image.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return PictureError(.broken, "the picture is not a whole PNG file: \(words)")
    }
}
