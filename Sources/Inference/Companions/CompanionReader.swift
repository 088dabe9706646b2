internal import Foundation
internal import SlipwayCore

/// Finds and reads the companions of one version.
struct CompanionReader {
    let files: VersionFiles
    let parameters: ModelParameters
    let signature: ModelSignature

    private static let labelsLimit = 4 << 20
    private static let mostLabels = 100_000
    private static let namesLimit = 4 << 20
    private static let preprocessingLimit = 16 << 20
    private static let goldenLimit = 64 << 20

    /// The classes by `params.json`, or by the file of labels, one a line.
    ///
    /// - Throws: `InferenceError` also where `params.json` names a file that is not there.
    func classNames() throws -> [String]? {
        if let names = parameters.classNames { return names }
        let path: String
        if let name = parameters.labels {
            guard let found = files.companion(named: name) else {
                throw InferenceError(
                    .loadFailed, "params.json beside the model names the labels \"\(name)\", which are not there")
            }
            path = found
        } else if let found = files.companion(named: "labels.txt") ?? files.companion(named: "labels.csv") {
            path = found
        } else {
            return nil
        }
        let file = try CompanionFile(path, of: files, limit: Self.labelsLimit)
        var lines = try file.text().split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard lines.count <= Self.mostLabels else {
            throw file.failure("has \(lines.count) labels; at most \(Self.mostLabels) are taken")
        }
        return lines.isEmpty ? nil : lines
    }

    /// The columns' names by `params.json`, or by a file that is a list of them.
    func featureNames() throws -> [String]? {
        if let names = parameters.featureNames {
            if let problem = problem(with: names) {
                throw InferenceError(.loadFailed, "params.json beside the model \(problem) in its feature names")
            }
            return names
        }
        guard let path = files.companion(named: "features.json") ?? files.companion(named: "feature_names.json")
        else { return nil }
        let file = try CompanionFile(path, of: files, limit: Self.namesLimit)
        let names = try file.json([String].self)
        if let problem = problem(with: names) { throw file.failure(problem) }
        return names
    }

    /// The columns' names by the model's own metadata: a JSON list, or names with commas between them. What does not
    /// fit the model is somebody else's note and left alone.
    func featureNames(in metadata: [String: String]) -> [String]? {
        guard let text = metadata["feature_names"], text.utf8.count <= Self.namesLimit else { return nil }
        let names =
            (try? JSONDecoder().decode([String].self, from: Data(text.utf8)))
            ?? text.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        return problem(with: names) == nil ? names : nil
    }

    /// Where each input is a column, its name is the column's.
    var inputNames: [String]? { signature.isColumnar ? signature.inputs.map(\.name) : nil }

    /// `preprocess.json` and the file that it stands in.
    func preprocessing() throws -> (file: CompanionFile, document: PreprocessingDocument)? {
        guard let path = files.companion(named: "preprocess.json") else { return nil }
        let file = try CompanionFile(path, of: files, limit: Self.preprocessingLimit)
        return (file, try file.json())
    }

    func golden() throws -> GoldenSample? {
        guard let path = files.companion(named: "golden.json") else { return nil }
        let file = try CompanionFile(path, of: files, limit: Self.goldenLimit)
        return try file.json(GoldenDocument.self, signature: signature).sample
    }

    /// What keeps names from being the model's columns; goes on from the file's name.
    private func problem(with names: [String]) -> String? {
        var seen: Set<String> = []
        if let twice = names.first(where: { !seen.insert($0).inserted }) { return "has the name \"\(twice)\" twice" }
        if names.isEmpty || names.contains("") { return "has an empty name, or none" }
        if let width = signature.rowWidth, width != names.count {
            return "has \(names.count) names, and the model wants \(width) values a row"
        }
        return nil
    }
}
