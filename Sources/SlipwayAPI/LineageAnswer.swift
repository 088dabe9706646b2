/// Where a version comes from.
package struct LineageAnswer: Codable, Sendable {
    package var task: String
    package var attempt: Int
    package var jobID: Int64?
    package var cluster: String
    package var entrypoint: String
    /// Name of the image without `.sif`.
    package var image: String
    /// Absent where the image's file was changed after the job began.
    package var imageSHA256: String?

    enum CodingKeys: String, CodingKey {
        case task, attempt
        case jobID = "job_id"
        case cluster, entrypoint, image
        case imageSHA256 = "image_sha256"
    }

    package init(
        task: String, attempt: Int, jobID: Int64?, cluster: String, entrypoint: String, image: String,
        imageSHA256: String?
    ) {
        self.task = task
        self.attempt = attempt
        self.jobID = jobID
        self.cluster = cluster
        self.entrypoint = entrypoint
        self.image = image
        self.imageSHA256 = imageSHA256
    }
}
