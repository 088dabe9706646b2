package import Foundation

/// A cluster's batch system, as the use cases see it.
package protocol BatchScheduler: Sendable {
    /// Hands a batch script to the scheduler. Never throws: what is not known is an outcome of its own.
    func submit(_ request: SubmitRequest) async -> SubmitOutcome

    /// Everything that the scheduler's queue knows of our user's jobs, those that ended a moment ago included.
    func queue() async throws(SlipwayError) -> [JobSighting]

    /// What accounting knows of these jobs. Jobs that it does not know are absent.
    ///
    /// - Throws: `SlipwayError` of code `unsupported` on a cluster without accounting, as does the one below.
    func accounting(jobs: [Int64]) async throws(SlipwayError) -> [JobSighting]

    /// What accounting knows of our user's jobs that were submitted after a time.
    func accounting(since: Date) async throws(SlipwayError) -> [JobSighting]

    /// What the controller itself knows of these jobs, those that ended a moment ago included: for clusters without
    /// accounting. Jobs that it does not know any more are absent.
    func controller(jobs: [Int64]) async throws(SlipwayError) -> [JobSighting]

    /// Asks for the end of jobs; those that have ended already are no error.
    func cancel(jobs: [Int64]) async throws(SlipwayError)

    /// Partitions and nodes.
    func resources() async throws(SlipwayError) -> (
        partitions: [ClusterStatus.PartitionStatus], nodes: [ClusterStatus.NodeStatus]
    )
}

/// What `submit` needs.
package struct SubmitRequest: Sendable {
    package var scriptPath: String
    package var workingDirectory: String
    package var jobName: String

    package init(scriptPath: String, workingDirectory: String, jobName: String) {
        self.scriptPath = scriptPath
        self.workingDirectory = workingDirectory
        self.jobName = jobName
    }
}

/// What became of a submission.
package enum SubmitOutcome: Sendable, Hashable {
    case submitted(jobID: Int64)
    /// The scheduler certainly has no job, and asking again would not help; its own words.
    case rejected(String)
    /// The scheduler has no job, because of a limit that may pass as others end; its own words, and whether they leave
    /// open that the job itself is too large for ever.
    case limited(String, mayBeLasting: Bool)
    /// Nobody knows whether there is a job: it has to be searched for before anything is sent again.
    case uncertain(String)
}
