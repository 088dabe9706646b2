package import Foundation

/// One published version of a model.
package struct ModelVersionAnswer: Codable, Sendable {
    package var name: String
    package var version: Int
    /// `onnx`, `tensorflow_savedmodel`, `h5`, …
    package var format: String
    /// Lower-case hex of the archive's SHA-256.
    package var sha256: String
    package var bytes: Int64
    package var signature: SignatureAnswer?
    /// The task that made it; absent for an upload.
    package var task: String?
    package var owner: String
    package var createdAt: Date
    package var aliases: [String]
    package var description: String?
    /// What made the model, in its uploader's words.
    package var library: String?
    /// What made it; absent for an upload.
    package var lineage: LineageAnswer?
    /// The script's `metrics.json`; in the answer of one version alone.
    package var metrics: JSONValue?
    package var links: [String: String]

    enum CodingKeys: String, CodingKey {
        case name, version, format, sha256, bytes, signature, task, owner
        case createdAt = "created_at"
        case aliases, description, library, lineage, metrics, links
    }

    package init(
        name: String, version: Int, format: String, sha256: String, bytes: Int64, signature: SignatureAnswer?,
        task: String?, owner: String, createdAt: Date, aliases: [String], description: String? = nil,
        library: String? = nil, lineage: LineageAnswer? = nil, links: [String: String]
    ) {
        self.name = name
        self.version = version
        self.format = format
        self.sha256 = sha256
        self.bytes = bytes
        self.signature = signature
        self.task = task
        self.owner = owner
        self.createdAt = createdAt
        self.aliases = aliases
        self.description = description
        self.library = library
        self.lineage = lineage
        self.links = links
    }
}

/// Inputs and outputs of a model; -1 is a free dimension.
package struct SignatureAnswer: Codable, Sendable {
    package var inputs: [Tensor]
    package var outputs: [Tensor]

    package struct Tensor: Codable, Sendable {
        package var name: String
        /// As in the Open Inference Protocol: `FP32`, `INT64`, `BYTES`, …
        package var datatype: String
        package var shape: [Int]

        package init(name: String, datatype: String, shape: [Int]) {
            self.name = name
            self.datatype = datatype
            self.shape = shape
        }
    }

    package init(inputs: [Tensor], outputs: [Tensor]) {
        self.inputs = inputs
        self.outputs = outputs
    }
}

/// The list of models.
package struct ModelListAnswer: Codable, Sendable {
    package var models: [Summary]

    package struct Summary: Codable, Sendable {
        package var name: String
        package var versions: Int
        package var defaultVersion: Int?
        package var newest: ModelVersionAnswer

        enum CodingKeys: String, CodingKey {
            case name, versions
            case defaultVersion = "default_version"
            case newest
        }

        package init(name: String, versions: Int, defaultVersion: Int?, newest: ModelVersionAnswer) {
            self.name = name
            self.versions = versions
            self.defaultVersion = defaultVersion
            self.newest = newest
        }
    }

    package init(models: [Summary]) {
        self.models = models
    }
}

/// All versions of one model, newest first.
package struct ModelVersionListAnswer: Codable, Sendable {
    package var name: String
    package var versions: [ModelVersionAnswer]
    /// Alias → version.
    package var aliases: [String: Int]

    package init(name: String, versions: [ModelVersionAnswer], aliases: [String: Int]) {
        self.name = name
        self.versions = versions
        self.aliases = aliases
    }
}

/// `PUT …/aliases/ALIAS`.
package struct AliasRequest: Codable, Sendable {
    package var version: Int

    package init(version: Int) {
        self.version = version
    }
}

/// Which versions a deletion removed.
package struct ModelDeletionAnswer: Codable, Sendable {
    package var name: String
    package var removed: [Int]

    package init(name: String, removed: [Int]) {
        self.name = name
        self.removed = removed
    }
}
