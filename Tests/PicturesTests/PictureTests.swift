import Foundation
import Pictures
import Testing

@Suite("Pictures", .pillowPictures)
struct PictureTests {
    private func decode(
        _ bytes: [UInt8], channels: Int = 3, limits: PictureLimits = PictureLimits()
    ) throws -> Picture {
        try bytes.withUnsafeBytes { try Picture(decoding: $0, channels: channels, limits: limits) }
    }

    /// The largest difference between two samples at the same place.
    private func difference(_ samples: [UInt8], _ wanted: [UInt8]) throws -> Int {
        try #require(samples.count == wanted.count)
        return zip(samples, wanted).map { abs(Int($0) - Int($1)) }.max() ?? 0
    }

    @Test(
        "PNG files of every kind are what Pillow says, transparency left out",
        arguments: [
            "grey.png", "grey_alpha.png", "colour.png", "alpha.png", "palette.png", "transparent_palette.png",
            "bits.png",
        ])
    func png(name: String) throws {
        for (channels, mode) in [(1, "L"), (3, "RGB")] {
            let picture = try decode(PillowPictures.file(name), channels: channels)
            #expect(picture.width == 83)
            #expect(picture.height == 61)
            #expect(picture.channels == channels)
            #expect(try difference(picture.samples, PillowPictures.file("\(name).\(mode)")) <= 1, "\(name) \(mode)")
        }
    }

    @Test(
        "JPEG files are what Pillow says", arguments: ["grey.jpg", "colour.jpg", "progressive.jpg", "fine.jpg"])
    func jpeg(name: String) throws {
        for (channels, mode) in [(1, "L"), (3, "RGB")] {
            let picture = try decode(PillowPictures.file(name), channels: channels)
            #expect(picture.width == 83)
            #expect(picture.channels == channels)
            let wanted = try PillowPictures.file("\(name).\(mode)")
            #expect(try difference(picture.samples, wanted) <= 2, "\(name) \(mode)")
        }
    }

    @Test("A grey sample of 16 bits becomes its upper half")
    func deep() throws {
        let picture = try decode(PillowPictures.file("deep.png"), channels: 1)
        #expect(picture.samples[83 * 60] == 54_000 / 257)
        #expect(picture.samples[0] == 0)
    }

    @Test(
        "A resized picture is Pillow's, smaller and larger",
        arguments: [(28, 28), (10, 61), (83, 7), (200, 150), (1, 1), (224, 20)])
    func resized(width: Int, height: Int) throws {
        let picture = try decode(PillowPictures.file("colour.png")).resized(width: width, height: height)
        #expect(picture.width == width)
        #expect(picture.height == height)
        let wanted = try PillowPictures.file("colour.png.RGB.\(width)x\(height)")
        #expect(try difference(picture.samples, wanted) <= 1)
    }

    @Test(
        "Every file that is cut off is an error",
        arguments: ["colour.png", "palette.png", "colour.jpg", "progressive.jpg"])
    func truncated(name: String) throws {
        let whole = try PillowPictures.file(name)
        // A JPEG file's last bytes are its end mark; without them the picture is still whole.
        for count in stride(from: 0, to: whole.count - 16, by: 97) {
            let error = #expect(throws: PictureError.self, "\(count) bytes") { try decode(Array(whole[..<count])) }
            #expect(error?.code == .broken || (count < 8 && error?.code == .unknownFormat))
        }
    }

    @Test("No corrupt file crashes", arguments: ["colour.png", "palette.png", "colour.jpg", "progressive.jpg"])
    func corrupt(name: String) throws {
        var random = Seeded(seed: 11)
        let whole = try PillowPictures.file(name)
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            // A changed byte may say that the picture is larger; limits hold for it as for any other.
            let limits = PictureLimits(pixels: 1 << 20)
            if let picture = try? decode(bytes, limits: limits) {
                #expect(picture.samples.count == picture.width * picture.height * 3)
            }
        }
        // Every byte of a PNG file is under a checksum.
        guard name == "colour.png" else { return }
        var bytes = whole
        bytes[whole.count / 2] ^= 1
        #expect(throws: PictureError.self) { try decode(bytes) }
    }

    @Test("Limits hold before anything is decoded")
    func limits() throws {
        for name in ["colour.png", "colour.jpg"] {
            let file = try PillowPictures.file(name)
            for limits in [
                PictureLimits(bytes: file.count - 1), PictureLimits(pixels: 83 * 61 - 1), PictureLimits(side: 82),
            ] {
                let error = #expect(throws: PictureError.self) { try decode(file, limits: limits) }
                #expect(error?.code == .tooLarge)
            }
            #expect(throws: Never.self) {
                try decode(file, limits: PictureLimits(bytes: file.count, pixels: 83 * 61, side: 83))
            }
        }
    }

    @Test("A header that promises more pixels than memory holds costs nothing")
    func bomb() throws {
        var file = try PillowPictures.file("colour.png")
        // Width and height stand behind the signature and the head of the first chunk; its checksum behind them.
        file.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
        file.replaceSubrange(29..<33, with: Checksum.of(file[12..<29]))
        let error = #expect(throws: PictureError.self) { try decode(file) }
        #expect(error?.code == .tooLarge || error?.code == .broken)
        var wide = try PillowPictures.file("colour.png")
        wide.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0, 0, 0, 0xFF, 0])
        wide.replaceSubrange(29..<33, with: Checksum.of(wide[12..<29]))
        #expect(#expect(throws: PictureError.self) { try decode(wide) }?.code == .tooLarge)
    }

    @Test("The colours of print, and files of other kinds, are refused in words")
    func refused() throws {
        let print = #expect(throws: PictureError.self) { try decode(PillowPictures.file("print.jpg")) }
        #expect(print?.code == .unsupported)
        #expect(print?.message.contains("CMYK") == true)
        let other = #expect(throws: PictureError.self) { try decode(PillowPictures.file("picture.gif")) }
        #expect(other?.code == .unknownFormat)
    }

    @Test("Samples become numbers in either layout, scaled, then centred by channel")
    func values() {
        let picture = Picture(width: 2, height: 1, channels: 3, samples: [0, 51, 102, 153, 204, 255])
        #expect(picture.values(.channelsLast, scale: 1) == [0, 51, 102, 153, 204, 255])
        #expect(picture.values(.channelsFirst, scale: 1) == [0, 153, 51, 204, 102, 255])
        let scaled = picture.values(.channelsFirst, scale: 1 / 255, mean: [0, 0.2, 1], deviation: [0.5])
        #expect(scaled == [0, 1.2, 0, 1.2, -1.2, 0].map { Float($0) })
    }
}
