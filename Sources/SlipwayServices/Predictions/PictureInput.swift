import NIOCore
import Pictures
import SlipwayCore

/// How a model's only input takes a picture.
struct PictureInput {
    /// The input, with every size that the signature leaves free filled in where `params.json` says it.
    private let input: TensorSpecification
    private let parameters: ImageParameters
    private let layout: Picture.Layout
    private let channels: Int
    /// Nil where any size goes.
    private let height: Int?
    private let width: Int?

    /// - Throws: `SlipwayError` of code `unsupported` for a model that takes no picture.
    init(_ card: ModelCard) throws {
        parameters = card.image ?? ImageParameters()
        guard card.signature.inputs.count == 1, let input = card.signature.inputs.first, input.type.isNumeric,
            let shape = PictureShape(input.shape, parameters, prefersChannelsLast: card.version.format != "onnx")
        else {
            throw SlipwayError(
                .unsupported,
                "The model \(card.version.name) takes no picture: it has \(card.inputList). Say under “image” in its "
                    + "params.json what a picture becomes: channels, width, height.")
        }
        self.input = input
        (layout, channels, height, width) = (shape.layout, shape.channels, shape.height, shape.width)
        for (name, said, wanted) in [("width", parameters.width, width), ("height", parameters.height, height)] {
            if let said, let wanted, said != wanted {
                throw SlipwayError(
                    .unsupported,
                    "The model's params.json says that pictures have a \(name) of \(said); its input wants \(wanted).")
            }
        }
        for values in [parameters.mean, parameters.deviation] {
            if let values, values.count != 1, values.count != channels {
                throw SlipwayError(
                    .unsupported,
                    "The model's params.json has mean or std of \(values.count) channels; its input has \(channels).")
            }
        }
    }

    /// Decodes and resizes a picture on a thread that may wait.
    ///
    /// - Throws: `SlipwayError` of code `invalid`, `tooLarge` or `unsupported`.
    func tensor(_ file: ByteBuffer) async throws -> Tensor {
        do {
            return try await BlockingIO.run(on: .picture) { try makeTensor(file) }
        } catch let error as PictureError {
            throw SlipwayError(Self.code(error.code), "The picture was not taken: \(error.message).")
        }
    }

    private func makeTensor(_ file: ByteBuffer) throws -> Tensor {
        var picture = try file.withUnsafeReadableBytes { bytes in try Picture(decoding: bytes, channels: channels) }
        picture = picture.resized(
            width: width ?? parameters.width ?? picture.width, height: height ?? parameters.height ?? picture.height)
        let numbers = picture.values(
            layout, scale: parameters.scale ?? (input.type.isFloating ? 1 / 255 : 1), mean: parameters.mean ?? [0],
            deviation: parameters.deviation ?? [1])
        return Tensor(
            name: input.name, shape: shape(of: picture), values: try TensorValues(rounding: numbers, to: input.type))
    }

    private func shape(of picture: Picture) -> [Int] {
        let (height, width) = (picture.height, picture.width)
        let isSingle = input.shape.count == 3 && input.shape[0] >= 0 && input.shape[0] != 1
        let row =
            switch (layout, input.shape.count) {
            case (_, 2): [picture.samples.count]
            case (_, 3) where !isSingle: [height, width]
            case (.channelsLast, _): [height, width, channels]
            case (.channelsFirst, _): [channels, height, width]
            }
        return isSingle ? row : [1] + row
    }

    private static func code(_ code: PictureError.Code) -> SlipwayError.Code {
        switch code {
        case .unknownFormat, .broken, .unsupported: .invalid
        case .tooLarge: .tooLarge
        }
    }
}
