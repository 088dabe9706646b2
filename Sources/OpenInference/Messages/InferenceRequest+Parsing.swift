package import NIOCore

extension InferenceRequest {
    /// Reads a request body.
    ///
    /// Tensors of the JSON may be nested or flat; bare `NaN`, `Infinity` and `-Infinity` are taken for floating-point
    /// types, as Python's writers send them. Unknown keys are passed over. Each binary tensor is copied once.
    ///
    /// - Parameters:
    ///   - body: The JSON, and behind it the inputs' binary data in the order of the inputs.
    ///   - jsonLength: What the header `Inference-Header-Content-Length` says, after decompression; nil where there is
    ///     no such header and the body is JSON alone. For 0 see `parse(raw:inputs:)`.
    /// - Throws: `OpenInferenceError`: `malformed`, `invalid`, or `unsupported` for tensors in shared memory.
    package static func parse(body: ByteBuffer, jsonLength: Int? = nil) throws -> InferenceRequest {
        try body.withUnsafeReadableBytes { bytes in
            let length = jsonLength ?? bytes.count
            guard (0...bytes.count).contains(length) else {
                throw OpenInferenceError(
                    .invalid,
                    "Inference-Header-Content-Length is \(length), but the body has \(bytes.count) bytes; it is the "
                        + "length of the JSON, uncompressed")
            }
            let blobs = jsonLength.map { BlobReader(UnsafeRawBufferPointer(rebasing: bytes[$0...])) }
            return try UnsafeRawBufferPointer(rebasing: bytes[..<length]).withMemoryRebound(to: UInt8.self) { json in
                var scanner = JSONScanner(json, blobs: blobs)
                let request = try scanner.scanInferenceRequest()
                try scanner.expectEnd()
                try scanner.blobs?.expectEnd()
                return request
            }
        }
    }

    /// Reads a body that is nothing but the binary data of the model's one input, with one row, and asks for all
    /// outputs in the binary form.
    ///
    /// A free first dimension of several is the batch, of size 1. One other free dimension takes the size that the
    /// bytes say. An input of BYTES is a single element, without the length that stands before it otherwise.
    ///
    /// - Parameter inputs: The model's inputs.
    /// - Throws: `invalid` where the model has several inputs, or one whose shape the bytes do not tell.
    package static func parse(raw body: ByteBuffer, inputs: [TensorMetadata]) throws -> InferenceRequest {
        guard let input = inputs.first, inputs.count == 1 else {
            throw OpenInferenceError(
                .invalid,
                "Inference-Header-Content-Length is 0, which sends a single input without JSON; this model has "
                    + "\(inputs.count) inputs")
        }
        let bytes = body.readableBytes
        let shape = try RawInputShape(input).resolved(bytes: bytes)
        let count = shape.reduce(1, *)
        let data: TensorData =
            if input.datatype == .bytes {
                .bytes([Array(body.readableBytesView)])
            } else {
                try body.withUnsafeReadableBytes { try TensorData(binary: $0, input.datatype, count: count) }
            }
        return InferenceRequest(
            parameters: ["binary_data_output": .bool(true)],
            inputs: [InferenceInput(name: input.name, shape: shape, data: data)])
    }
}
