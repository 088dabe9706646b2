package import NIOCore

/// A request of TensorFlow Serving's `:predict`.
package struct PredictRequest: Sendable, Hashable {
    /// How the tensors stand in the request, and then in the answer.
    package enum Format: Sendable, Hashable {
        /// `instances`: one value, or one object of named values, a row.
        case row
        /// `inputs`: one whole tensor, or an object of named ones.
        case column
    }

    package let format: Format
    package let inputs: [InferenceInput]

    /// Reads a request body.
    ///
    /// - Parameter inputs: The model's inputs, which give the elements' types.
    /// - Throws: `OpenInferenceError`: `malformed`, `invalid`.
    package static func parse(_ body: ByteBuffer, inputs: [TensorMetadata]) throws -> PredictRequest {
        try body.withUnsafeReadableBytes { bytes in
            try bytes.withMemoryRebound(to: UInt8.self) { bytes in
                var scanner = JSONScanner(bytes)
                let request = try scanner.scanPredictRequest(inputs)
                try scanner.expectEnd()
                return request
            }
        }
    }
}

extension JSONScanner {
    mutating func scanPredictRequest(_ inputs: [TensorMetadata]) throws -> PredictRequest {
        var request: PredictRequest?
        try scanObject("the request") { scanner, key in
            let start = scanner.offset
            switch key {
            case "signature_name": try scanner.scanSignatureName()
            case "instances", "inputs":
                guard request == nil else {
                    throw OpenInferenceError(
                        .invalid, "the request has both \"instances\" and \"inputs\"; one will do", offset: start)
                }
                var tensors = NamedTensors(inputs)
                let format: PredictRequest.Format =
                    switch key {
                    case "instances": .row
                    default: .column
                    }
                switch format {
                case .row: try tensors.readInstances(&scanner)
                case .column: try tensors.readInputs(&scanner)
                }
                request = PredictRequest(format: format, inputs: tensors.inputs(format))
            default: try scanner.skipValue()
            }
        }
        guard let request else {
            throw OpenInferenceError(
                .invalid, "the request has neither \"instances\" (rows) nor \"inputs\" (whole tensors)")
        }
        return request
    }

    private mutating func scanSignatureName() throws {
        let start = offset
        let name = try scanString()
        guard name.isEmpty || name == ServingMetadata.signatureName else {
            throw OpenInferenceError(
                .invalid,
                "there is no signature \"\(name.prefix(60))\"; models are served by \"\(ServingMetadata.signatureName)\"",
                offset: start)
        }
    }
}
