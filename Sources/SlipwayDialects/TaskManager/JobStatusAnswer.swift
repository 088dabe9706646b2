/// The answer to `GET /job_status/{job_id}`.
struct JobStatusAnswer: Encodable, Sendable {
    var jobStatus: String
    /// Null where the script wrote none.
    var runID: String?

    enum CodingKeys: String, CodingKey {
        case jobStatus = "job_status"
        case runID = "run_id"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(jobStatus, forKey: .jobStatus)
        try container.encode(runID, forKey: .runID)
    }
}
