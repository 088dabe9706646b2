package import Foundation

/// One published version of a model.
package struct ModelVersion: Sendable {
    package var name: String
    /// Counts from 1 within the name.
    package var version: Int
    /// What the archive holds, by its main file: `onnx`, `tensorflow_savedmodel`, `h5`, `unknown`, …
    package var format: String
    /// Lower-case hex of the archive's SHA-256.
    package var sha256: String
    /// Size of the archive in bytes.
    package var bytes: Int64
    /// Inputs and outputs, where an engine could read them.
    package var signature: ModelSignature?
    /// The task that made it; nil for an upload.
    package var task: TaskID?
    package var ownerID: User.ID
    package var owner: String
    package var createdAt: Date
    /// Aliases that point at this version.
    package var aliases: [String]
    package var description: String?
    /// What made the model, in its uploader's words.
    package var library: String?
    /// What made it; nil for an upload.
    package var lineage: Lineage?
    /// How the model is served: the same for all its versions.
    package var settings: ServingSettings

    package init(
        name: String, version: Int, format: String, sha256: String, bytes: Int64, signature: ModelSignature?,
        task: TaskID?, ownerID: User.ID, owner: String, createdAt: Date, aliases: [String],
        description: String? = nil, library: String? = nil, lineage: Lineage? = nil,
        settings: ServingSettings = ServingSettings()
    ) {
        self.name = name
        self.version = version
        self.format = format
        self.sha256 = sha256
        self.bytes = bytes
        self.signature = signature
        self.task = task
        self.ownerID = ownerID
        self.owner = owner
        self.createdAt = createdAt
        self.aliases = aliases
        self.description = description
        self.library = library
        self.lineage = lineage
        self.settings = settings
    }

    package var reference: ModelReference {
        ModelReference(name: name, version: version, sha256: sha256, bytes: bytes)
    }
}
