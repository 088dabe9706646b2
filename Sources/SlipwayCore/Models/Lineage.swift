/// Where a version comes from.
package struct Lineage: Sendable, Hashable, Codable {
    /// Number of the attempt that made it.
    package var attempt: Int
    package var jobID: Int64?
    package var cluster: String
    package var entrypoint: String
    /// Name of the image without `.sif`.
    package var image: String
    /// Lower-case hex; nil where the image's file was changed after the job began.
    package var imageSHA256: String?

    package init(
        attempt: Int, jobID: Int64?, cluster: String, entrypoint: String, image: String, imageSHA256: String?
    ) {
        self.attempt = attempt
        self.jobID = jobID
        self.cluster = cluster
        self.entrypoint = entrypoint
        self.image = image
        self.imageSHA256 = imageSHA256
    }
}
