/// A job that the server itself writes the script of, from what a user sent.
package enum ServerJob: Sendable, Hashable, Codable {
    /// A user's script in an environment of its requirements. The input is a file of the task.
    case training(dataset: String)
    /// Rows scored by one version of a model; the result stays with the task.
    case prediction(Scoring)

    /// Which rows, and by which version.
    package struct Scoring: Sendable, Hashable, Codable {
        package var version: Int
        /// Lower-case hex of the SHA-256 of the version's archive.
        package var sha256: String
        package var input: Input

        package init(version: Int, sha256: String, input: Input) {
            self.version = version
            self.sha256 = sha256
            self.input = input
        }
    }

    package enum Input: Sendable, Hashable, Codable {
        /// The name of a file that came with the request.
        case uploaded(String)
        /// A path below the cluster's folder of datasets: of a file, or of a folder of files of one format.
        case dataset(String)
    }

    /// Whether what the job leaves becomes a version of a model.
    package var publishes: Bool {
        switch self {
        case .training: true
        case .prediction: false
        }
    }

    package var input: Input {
        switch self {
        case .training(let dataset): .uploaded(dataset)
        case .prediction(let scoring): scoring.input
        }
    }
}

extension TaskSpecification {
    /// Whether what the task leaves becomes a version of a model.
    package var publishes: Bool { serverJob?.publishes ?? true }
}
