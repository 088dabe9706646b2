package import Foundation

/// Tasks, their attempts and events, kept durably. Every change names the state that it leaves; a change that comes too
/// late changes nothing and says so.
package protocol TaskStore: Sendable {
    // MARK: Users' side

    /// Stores a new task in `queued`, with its first event.
    func insert(_ task: NewTask) async throws -> InsertOutcome
    func task(_ id: TaskID, for viewer: Viewer) async throws -> MLTask?
    /// The task of the newest attempt with this Slurm job id.
    func task(jobID: Int64, for viewer: Viewer) async throws -> MLTask?
    func tasks(_ filter: TaskFilter, for viewer: Viewer) async throws -> [MLTask]
    /// All attempts of a task, the first one first.
    func attempts(of id: TaskID) async throws -> [Attempt]
    /// Events of a task with an id above `after`, oldest first.
    func events(of id: TaskID, after: Int64, limit: Int) async throws -> [TaskEvent]
    /// Records the wish; a `queued` or `collecting` task is cancelled at once. Nil: no such task for this viewer.
    func requestCancel(_ id: TaskID, for viewer: Viewer) async throws -> MLTask?
    /// Puts a task that failed, was cancelled or is lost back into `queued`; false when it is in another state,
    /// or retention took its files or is at it, or the folder that it was submitted from is gone.
    func requeue(_ id: TaskID, for viewer: Viewer) async throws -> Bool
    /// The config file as it was uploaded.
    func config(of id: TaskID, for viewer: Viewer) async throws -> String?
    /// An earlier task with this idempotency key.
    func task(idempotencyKey: String, owner: User.ID) async throws -> (task: MLTask, digest: [UInt8])?
    /// How many tasks are in each state that is not final.
    func counts() async throws -> [TaskState: Int]
    /// Ids among these that have a row.
    func existing(_ ids: [TaskID]) async throws -> Set<TaskID>
    /// Tasks that changed, as they change. A hint: changes can be missed, and then `.all` says so.
    func changes() -> any AsyncSequence<TaskChange, any Error> & Sendable

    // MARK: The workers' side

    /// Claims up to `limit` tasks of a cluster that may be handed to sbatch: queued ones, which get their next attempt
    /// on record in `submitting` before this returns, and attempts that `releaseUnsubmitted` freed.
    ///
    /// - Parameter submissionSeconds: After this many seconds no sbatch for the attempt can be alive.
    func claimSubmittable(cluster: String, limit: Int, submissionSeconds: Double) async throws -> [SubmissionClaim]
    /// To be called right before sbatch is: from now on an sbatch for this attempt may be alive for so many seconds.
    ///
    /// - Returns: How often the attempt was handed to sbatch, this time included; nil where it is not, or no longer,
    ///   this caller's.
    func beginSubmission(_ claim: AttemptClaim, submissionSeconds: Double) async throws -> Int?
    /// The sbatch of this claim has ended without naming a job; what it said is put on record.
    ///
    /// - Parameter pause: Seconds before the attempt may be handed to sbatch again, should a search free it.
    func noteSubmissionEnded(_ claim: AttemptClaim, words: String, pause: Double) async throws
    /// Gives back a claim for which sbatch was not called: it may be claimed again after so many seconds.
    func giveBack(_ claim: AttemptClaim, words: String, pause: Double) async throws
    /// The search for this attempt's job ended without one: it may be handed to sbatch again.
    ///
    /// - Parameter claim: The claim whose job was searched for.
    /// - Returns: False where it was claimed again since, or where an sbatch may have been alive within the last
    ///   `accountingLag` seconds.
    func releaseUnsubmitted(_ claim: AttemptClaim, accountingLag: Double) async throws -> Bool
    /// Attempts in submitting, pending or running; on demand those, too, that were lost within the last week.
    func openAttempts(cluster: String, includingLost: Bool) async throws -> [OpenAttempt]
    /// Moves an attempt and its task, with an event; false when the attempt was not in `from` any more.
    @discardableResult
    func apply(_ transition: AttemptTransition) async throws -> Bool
    /// Whether Slurm has, or may have, a job of ours on this cluster that has not ended, beside this attempt's.
    func hasJobs(cluster: String, beside id: Attempt.ID) async throws -> Bool
    /// Updates what is known of waiting jobs, all at once, without a change of state.
    func note(_ waiting: [WaitingNote]) async throws
    /// Claims up to `limit` tasks in `collecting` that no other living server works on; what this server claimed and
    /// did not end comes again.
    ///
    /// - Parameter later: Tasks that are to be left for now.
    func claimCollecting(limit: Int, server: ServerID, except later: [TaskID]) async throws -> [MLTask]
}

/// A running server process.
package struct ServerID: Sendable, Hashable, CustomStringConvertible {
    package var uuid: UUID
    package init(_ uuid: UUID = UUID()) { self.uuid = uuid }
    package var description: String { uuid.uuidString.lowercased() }
}

/// A hint that something changed.
package enum TaskChange: Sendable, Hashable {
    case task(TaskID, TaskState)
    /// Hints may have been missed: look at everything that matters to you.
    case all
}

/// What a new task's row holds.
package struct NewTask: Sendable {
    package var id: TaskID
    package var ownerID: User.ID
    package var specification: TaskSpecification
    /// The config file as it was uploaded.
    package var config: String
    package var idempotencyKey: String?
    /// SHA-256 over the request's content.
    package var contentDigest: [UInt8]
    /// The row is written within so many seconds of the id's time, or never: a folder without a row that is older
    /// stays without.
    package var seconds: Double
    /// What the task becomes of a folder, in one step with its row.
    package var process: NewProcess?

    package init(
        id: TaskID, ownerID: User.ID, specification: TaskSpecification, config: String, idempotencyKey: String?,
        contentDigest: [UInt8], seconds: Double, process: NewProcess? = nil
    ) {
        self.id = id
        self.ownerID = ownerID
        self.specification = specification
        self.config = config
        self.idempotencyKey = idempotencyKey
        self.contentDigest = contentDigest
        self.seconds = seconds
        self.process = process
    }
}

package enum InsertOutcome: Sendable {
    case inserted(MLTask)
    /// A task with this idempotency key is there already; the digest tells whether it is the same content.
    case keyTaken(MLTask, contentDigest: [UInt8])
    /// Another server made the same id in the same instant.
    case idTaken
    /// More time than allowed has passed since the id was made; nothing is stored.
    case tooLate
    /// The folder has another version or another last process by now, or `tooLate` holds; nothing is stored.
    case processTaken
}

/// Which tasks a list shows, newest first.
package struct TaskFilter: Sendable {
    package var states: [TaskState]
    package var cluster: String?
    package var experiment: String?
    package var owner: String?
    /// Only tasks older than this one: the cursor.
    package var before: TaskID?
    package var limit: Int

    package init(
        states: [TaskState] = [], cluster: String? = nil, experiment: String? = nil, owner: String? = nil,
        before: TaskID? = nil, limit: Int = 50
    ) {
        self.states = states
        self.cluster = cluster
        self.experiment = experiment
        self.owner = owner
        self.before = before
        self.limit = limit
    }
}

/// The right to hand an attempt to sbatch, which ends with the next claim.
package struct AttemptClaim: Sendable, Hashable {
    package var attempt: Attempt.ID
    /// Counts the claims of the attempt from 1.
    package var number: Int

    package init(attempt: Attempt.ID, number: Int) {
        self.attempt = attempt
        self.number = number
    }
}

/// A task that is to be handed to sbatch.
package struct SubmissionClaim: Sendable {
    package var task: MLTask
    package var attempt: Attempt
    package var claim: AttemptClaim

    package init(task: MLTask, attempt: Attempt, claim: AttemptClaim) {
        self.task = task
        self.attempt = attempt
        self.claim = claim
    }
}

/// An attempt that the Monitor follows.
package struct OpenAttempt: Sendable {
    package var attempt: Attempt
    package var cancelRequested: Bool
    /// Until then an sbatch for this attempt may be alive.
    package var submissionEndsBy: Date
    /// It was freed to be handed to sbatch again.
    package var isReleased: Bool
    /// How many further attempts may follow by themselves.
    package var retriesLeft: Int
    /// How often it was claimed for sbatch.
    package var claims: Int

    package var claim: AttemptClaim { AttemptClaim(attempt: attempt.id, number: claims) }

    package init(
        attempt: Attempt, cancelRequested: Bool, submissionEndsBy: Date, isReleased: Bool, retriesLeft: Int = 0,
        claims: Int = 1
    ) {
        self.attempt = attempt
        self.cancelRequested = cancelRequested
        self.submissionEndsBy = submissionEndsBy
        self.isReleased = isReleased
        self.retriesLeft = retriesLeft
        self.claims = claims
    }
}

/// What a waiting job's line in the queue said.
package struct WaitingNote: Sendable, Hashable, Codable {
    package var task: String
    package var number: Int
    /// Slurm's word for why it waits.
    package var reason: String?
    /// Seconds since 1970.
    package var expectedStart: Double?
    /// Place among Slipway's waiting jobs of the partition.
    package var position: Int?

    package init(_ id: Attempt.ID, reason: String?, expectedStart: Date?, position: Int?) {
        self.task = id.task.text
        self.number = id.number
        self.reason = reason
        self.expectedStart = expectedStart?.timeIntervalSince1970
        self.position = position
    }
}
