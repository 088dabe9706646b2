package import SlipwayCore

extension ModelSignature {
    /// Checks that tensors fit the signature and puts them into its order.
    ///
    /// - Parameter ofAnyRank: The names of inputs whose shape the model does not know: it is checked when they run.
    /// - Throws: `InferenceError` with `invalidInput` that names the input, what was given, and what would be right.
    package func ordered(_ tensors: [Tensor], ofAnyRank: Set<String> = []) throws -> [Tensor] {
        // Most clients send what the signature says, in its order.
        if tensors.count == inputs.count, zip(tensors, inputs).allSatisfy({ $0.name == $1.name }) {
            for (tensor, specification) in zip(tensors, inputs) {
                try specification.check(tensor, isOfAnyRank: ofAnyRank.contains(tensor.name))
            }
            return tensors
        }
        var given: [String: Tensor] = [:]
        for tensor in tensors {
            guard inputs.contains(where: { $0.name == tensor.name }) else {
                throw InferenceError(
                    .invalidInput, "the model has no input \"\(tensor.name)\"; its inputs are \(Self.list(inputs))")
            }
            guard given.updateValue(tensor, forKey: tensor.name) == nil else {
                throw InferenceError(.invalidInput, "the input \"\(tensor.name)\" is given twice")
            }
        }
        return try inputs.map { specification in
            guard let tensor = given[specification.name] else {
                throw InferenceError(
                    .invalidInput,
                    "the input \"\(specification.name)\" is missing; the model wants \(Self.list(inputs))")
            }
            try specification.check(tensor, isOfAnyRank: ofAnyRank.contains(tensor.name))
            return tensor
        }
    }

    /// The specifications of the wanted outputs, all of them where `names` is nil.
    ///
    /// - Throws: `InferenceError` with `invalidInput` for an output that the model does not have, or that is named
    ///   twice.
    package func outputs(named names: [String]?) throws -> [TensorSpecification] {
        guard let names else { return outputs }
        var seen: Set<String> = []
        return try names.map { name in
            guard seen.insert(name).inserted else {
                throw InferenceError(.invalidInput, "the output \"\(name)\" is asked for twice")
            }
            guard let output = outputs.first(where: { $0.name == name }) else {
                throw InferenceError(
                    .invalidInput, "the model has no output \"\(name)\"; its outputs are \(Self.list(outputs))")
            }
            return output
        }
    }

    private static func list(_ specifications: [TensorSpecification]) -> String {
        specifications.map { "\"\($0.name)\" (\($0.type.rawValue) \($0.shape))" }.joined(separator: ", ")
    }
}

extension TensorSpecification {
    /// More elements than memory holds.
    private static let largestElementCount = 1 << 40

    fileprivate func check(_ tensor: Tensor, isOfAnyRank: Bool) throws {
        guard tensor.type == type else {
            throw InferenceError(
                .invalidInput, "the input \"\(name)\" is \(tensor.type.rawValue); the model wants \(type.rawValue)")
        }
        let fits =
            isOfAnyRank
            ? tensor.shape.allSatisfy { $0 >= 0 }
            : tensor.shape.count == shape.count
                && zip(tensor.shape, shape).allSatisfy { size, wanted in size >= 0 && (wanted < 0 || size == wanted) }
        guard fits else {
            throw InferenceError(
                .invalidInput,
                "the input \"\(name)\" has the shape \(tensor.shape); the model wants \(shape)"
                    + (shape.contains { $0 < 0 } ? ", any size for -1" : ""))
        }
        // A size of nought makes no room for others that are beyond all measure.
        var count = 1
        for size in tensor.shape {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: max(size, 1))
            guard !isTooLarge, product <= Self.largestElementCount else {
                throw InferenceError(.invalidInput, "the input \"\(name)\": the shape \(tensor.shape) is too large")
            }
            count = product
        }
        if tensor.shape.contains(0) { count = 0 }
        guard tensor.values.count == count else {
            throw InferenceError(
                .invalidInput,
                "the input \"\(name)\" has \(tensor.values.count) elements; its shape \(tensor.shape) wants \(count)")
        }
    }
}
