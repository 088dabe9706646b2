package import Inference
package import SlipwayCore

/// Tensors in, tensors out.
extension ModelService {
    package func infer(_ version: ModelVersion, inputs: [Tensor], outputs: [String]?) async throws -> [Tensor] {
        try await inWords(version) {
            try await host.infer(served(version), inputs: inputs, outputs: outputs).outputs
        }
    }

    /// The same without suspending the caller.
    ///
    /// - Parameters:
    ///   - guest: The caller's thread, which runs short models itself.
    ///   - completion: Called once, with a `SlipwayError` where it fails, as `ModelHost.infer` says: on a thread that it
    ///     must not hold up.
    package func infer(
        _ version: ModelVersion, inputs: [Tensor], outputs: [String]?, guest: GuestRunner,
        completion: @escaping @Sendable (Result<[Tensor], any Error>) -> Void
    ) {
        host.infer(served(version), inputs: inputs, outputs: outputs, guest: guest) { [self] result in
            switch result {
            case .success(let inference): completion(.success(inference.outputs))
            case .failure(let error as InferenceError): completion(.failure(words(for: error, of: version)))
            case .failure(let error): completion(.failure(error))
            }
        }
    }

    /// Makes a runner of a thread, as `ModelHost.guest` says.
    package func guest(arrange: @escaping @Sendable (GuestRunner) -> Void) -> GuestRunner {
        host.guest(arrange: arrange)
    }

    /// An engine's error for a user, whom the server's paths do not concern.
    func inWords<Value>(_ version: ModelVersion, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as InferenceError {
            throw words(for: error, of: version)
        }
    }

    private func words(for error: InferenceError, of version: ModelVersion) -> SlipwayError {
        let name = "\(version.name) version \(version.version)"
        return SlipwayError(Self.code(error.code), error.message.replacing(source(version).path, with: name))
    }

    private static func code(_ code: InferenceError.Code) -> SlipwayError.Code {
        switch code {
        case .runtimeMissing, .overBudget: .unavailable
        case .loadFailed, .unsupported: .unsupported
        // What a runtime cannot compute it cannot compute from these inputs: the caller is told its words.
        case .invalidInput, .failed: .invalid
        }
    }
}
