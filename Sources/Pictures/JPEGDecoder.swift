import CTurboJPEG

/// JPEG files by libjpeg-turbo.
enum JPEGDecoder {
    static func decode(
        _ file: UnsafeRawBufferPointer, channels: Int, limits: PictureLimits
    ) throws(PictureError) -> Picture {
        guard let handle = tjInitDecompress() else {
            throw PictureError(.unsupported, "the JPEG library could not be started")
        }
        defer { tjDestroy(handle) }
        let start = file.bindMemory(to: UInt8.self).baseAddress
        var (width, height, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        guard tjDecompressHeader3(handle, start, UInt(file.count), &width, &height, &sampling, &space) == 0 else {
            throw broken(handle)
        }
        try limits.check(width: Int(width), height: Int(height))
        let colours = TJCS(UInt32(space))
        guard colours != TJCS_CMYK, colours != TJCS_YCCK else {
            throw PictureError(
                .unsupported, "the picture is a JPEG file in the colours of print (CMYK); save it as RGB or PNG")
        }
        // Colours are weighed after they are cut to their range, as Pillow does: the file's own brightness may differ.
        let isGrey = channels == 1 && colours == TJCS_GRAY
        let format = isGrey ? TJPF_GRAY : TJPF_RGB
        let stride = isGrey ? 1 : 3
        var outcome: Int32 = -1
        let samples = [UInt8](
            unsafeUninitializedCapacity: Int(width) * Int(height) * stride
        ) { buffer, count in
            buffer.initialize(repeating: 0)
            // The flag: a file with thousands of scans over the same pixels would keep a core busy for long.
            outcome = tjDecompress2(
                handle, start, UInt(file.count), buffer.baseAddress, width, 0, height,
                format.rawValue,
                Int32(TJFLAG_LIMITSCANS))
            count = buffer.count
        }
        if outcome != 0, !isHarmless(handle) { throw broken(handle) }
        return Picture(
            width: Int(width), height: Int(height), channels: channels,
            samples: channels == 1 && !isGrey ? Picture.luma(samples, stride: 3) : samples)
    }

    /// Some cameras leave bytes between the parts of a file; the picture is whole.
    private static func isHarmless(_ handle: tjhandle) -> Bool {
        TJERR(UInt32(tjGetErrorCode(handle))) == TJERR_WARNING && message(handle).contains("extraneous bytes")
    }

    private static func broken(_ handle: tjhandle) -> PictureError {
        PictureError(.broken, "the picture is not a whole JPEG file: \(message(handle))")
    }

    private static func message(_ handle: tjhandle) -> String {
        tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown error"
    }
}
