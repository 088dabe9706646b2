package import SlipwayCore

extension ModelParameters {
    /// Bytes that `params.json` may have.
    private static let limit = 1 << 20

    /// Reads `params.json`, which lies at the root of the files or in the model's own folder; all nil where none does.
    ///
    /// - Throws: `InferenceError` with `loadFailed` that names the member at fault.
    package static func read(_ files: VersionFiles) throws -> ModelParameters {
        guard let path = files.companion(named: "params.json") else { return ModelParameters() }
        let file = try CompanionFile(path, of: files, limit: limit)
        let parameters = try file.json(ParametersDocument.self).parameters
        if let problem = parameters.image?.problem { throw file.failure(problem) }
        return parameters
    }
}

extension ImageParameters {
    /// What cannot be done; goes on from the file's name.
    fileprivate var problem: String? {
        if let channels, channels != 1, channels != 3 { return "has \(channels) image channels; 1 or 3 can be made" }
        for (name, size) in [("width", width), ("height", height)] {
            if let size, !(1...16_384).contains(size) { return "has the image \(name) \(size); 1 to 16384 can be made" }
        }
        if let scale, !scale.isFinite { return "has an image scale that is not finite" }
        for (name, values) in [("mean", mean), ("std", deviation)] {
            guard let values else { continue }
            guard values.allSatisfy(\.isFinite), name == "mean" || values.allSatisfy({ $0 > 0 }) else {
                return "has an image \(name) with a value that cannot be used: \(values)"
            }
            guard [1, channels ?? values.count].contains(values.count), values.count == 1 || values.count == 3 else {
                return "has \(values.count) values in the image's \(name); one, or one a channel, is wanted"
            }
        }
        return nil
    }
}
