import Foundation
import Subprocess
import SystemPackage
import Testing

/// Gives a suite a folder of pictures that Pillow wrote, each beside what Pillow reads from it; removed afterwards.
struct PillowPictures: SuiteTrait, TestScoping {
    @TaskLocal static var folder = ""

    /// The picture's file.
    static func file(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    }

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let python = try #require(
            ProcessInfo.processInfo.environment["SLIPWAY_TEST_PYTHON"],
            "These tests ask Pillow. Set SLIPWAY_TEST_PYTHON to a Python that has it; \"make test\" does so.")
        let folder = FileManager.default.temporaryDirectory.appending(path: "pictures-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appending(path: "make_pictures.py")
        try Data(Self.script.utf8).write(to: script)
        let result = try await Subprocess.run(
            .path(FilePath(python)), arguments: [script.path, folder.path], output: .discarded,
            error: .string(limit: 1 << 20))
        try #require(result.terminationStatus == .exited(0), "\(result.standardError.suffix(2000))")
        try await Self.$folder.withValue(folder.path) { try await function() }
    }

    /// Colours that change fast and slowly, in every mode and format; `NAME.L`, `NAME.RGB` are Pillow's samples, and
    /// `NAME.RGB.WxH` those of the resized picture.
    private static let script = #"""
        import sys
        from pathlib import Path

        import numpy as np
        from PIL import Image

        folder = Path(sys.argv[1])
        rows, columns = np.mgrid[0:61, 0:83]
        rng = np.random.default_rng(7)
        colour = np.stack([rows * 4, columns * 3, rng.integers(0, 256, rows.shape)], axis=2).astype(np.uint8)
        smooth = np.stack([rows * 4, columns * 3, (rows + columns) * 1.7], axis=2).astype(np.uint8)
        alpha = ((rows * columns) % 256).astype(np.uint8)
        noisy = Image.fromarray(colour, "RGB")
        calm = Image.fromarray(smooth, "RGB")
        clear = noisy.copy()
        clear.putalpha(Image.fromarray(alpha, "L"))
        palette = noisy.quantize(32)
        see_through = noisy.quantize(32)
        see_through.info["transparency"] = 3
        pictures = {
            "grey.png": noisy.convert("L"),
            "grey_alpha.png": clear.convert("LA"),
            "colour.png": noisy,
            "alpha.png": clear,
            "palette.png": palette,
            "transparent_palette.png": see_through,
            "bits.png": noisy.convert("1"),
            "grey.jpg": calm.convert("L"),
            "colour.jpg": calm,
            "progressive.jpg": calm,
            "fine.jpg": noisy,
        }
        options = {"progressive.jpg": {"progressive": True}, "fine.jpg": {"quality": 95, "subsampling": 0}}
        for name, picture in pictures.items():
            picture.save(folder / name, **options.get(name, {}))
            with Image.open(folder / name) as read:
                for mode in ("L", "RGB"):
                    samples = read.convert(mode)
                    (folder / f"{name}.{mode}").write_bytes(samples.tobytes())
        for width, height in ((28, 28), (10, 61), (83, 7), (200, 150), (1, 1), (224, 20)):
            small = noisy.resize((width, height), Image.Resampling.BILINEAR)
            (folder / f"colour.png.RGB.{width}x{height}").write_bytes(small.tobytes())
        noisy.convert("CMYK").save(folder / "print.jpg")
        Image.fromarray((rows * 900).astype(np.uint16)).save(folder / "deep.png")
        noisy.save(folder / "picture.gif")
        """#
}

extension Trait where Self == PillowPictures {
    static var pillowPictures: PillowPictures { PillowPictures() }
}
