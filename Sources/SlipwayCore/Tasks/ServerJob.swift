/// A job that the server itself writes the script of, from what a user sent.
package enum ServerJob: Sendable, Hashable, Codable {
    /// A user's script in an environment of its requirements. The input is a file of the task.
    case training(dataset: String)
    /// Rows scored by one version of a model; the result stays with the task.
    case prediction(Scoring)
    /// The image's trainer on a folder that a user uploaded.
    case workflow(Workflow)

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

    /// Which process of which folder.
    package struct Workflow: Sendable, Hashable, Codable {
        package var folder: String
        package var version: Int
        /// Of the process.
        package var number: Int
        /// Whether it reads files through XRootD, for which the site may want a proxy.
        package var isRemote: Bool

        package init(_ process: NewProcess, isRemote: Bool) {
            self.folder = process.name.folder
            self.version = process.version
            self.number = process.name.number
            self.isRemote = isRemote
        }
    }

    package enum Input: Sendable, Hashable, Codable {
        /// The name of a file that came with the request.
        case uploaded(String)
        /// A path below the cluster's folder of datasets: of a file, or of a folder of files of one format.
        case dataset(String)
        /// A version of an uploaded folder.
        case folder(String, version: Int)
    }

    /// Whether what the job leaves becomes a version of a model.
    package var publishes: Bool {
        switch self {
        case .training, .workflow: true
        case .prediction: false
        }
    }

    package var input: Input {
        switch self {
        case .training(let dataset): .uploaded(dataset)
        case .prediction(let scoring): scoring.input
        case .workflow(let workflow): .folder(workflow.folder, version: workflow.version)
        }
    }
}

extension TaskSpecification {
    /// Whether what the task leaves becomes a version of a model.
    package var publishes: Bool { serverJob?.publishes ?? true }
}
