/// The places between two durable steps at which a test can have the server killed: all of them, in the order of a
/// task's life.
package enum FaultPoint: String, Sendable, CaseIterable {
    // Accepting an upload.
    /// All parts are on disk among the incoming ones.
    case uploadReceived = "accept.received"
    /// The config has left the files' folder.
    case uploadArranged = "accept.arranged"
    /// The folder is in its place, its row is not there.
    case folderPlaced = "accept.placed"
    /// The row is there, the client has no answer.
    case taskStored = "accept.stored"

    // Handing a task to sbatch.
    /// The attempt is on record.
    case attemptClaimed = "dispatch.claimed"
    /// The batch script is on disk.
    case scriptWritten = "dispatch.written"
    /// The submission is on record as begun, sbatch was not called.
    case submissionBegun = "dispatch.begun"
    /// sbatch named a job that is not on record.
    case jobNamed = "dispatch.named"
    /// The job is on record.
    case jobRecorded = "dispatch.recorded"
    /// sbatch gave no clear answer, and that is not on record.
    case answerUnclear = "dispatch.unclear"

    // Following jobs.
    /// squeue has answered, nothing was acted on.
    case queueRead = "monitor.queue"
    /// One attempt's step is on record, others are not.
    case stepRecorded = "monitor.step"
    /// sacct has answered, nothing was acted on.
    case accountingRead = "monitor.accounting"
    /// A failed attempt is on record, and that another follows.
    case retryPlanned = "monitor.retry"
    /// An attempt without a job is free to be submitted again.
    case attemptReleased = "monitor.released"
    /// scancel has answered.
    case jobsCancelled = "monitor.cancelled"

    // Collecting and publishing.
    /// The output is claimed.
    case outputClaimed = "collect.claimed"
    /// The archive is copied and verified.
    case archiveCopied = "collect.copied"
    /// The archive is unpacked beside its copy.
    case archiveUnpacked = "collect.unpacked"
    /// The version's number is taken.
    case versionReserved = "publish.reserved"
    /// The transaction that ends the task has begun, nothing is in place.
    case publicationBegun = "publish.begun"
    /// The files are in place, the transaction is not committed.
    case filesPlaced = "publish.placed"
    /// The version and the task's end are on record.
    case versionPublished = "publish.done"

    // What users ask for later.
    /// The wish to cancel is on record, the client has no answer.
    case cancelRecorded = "cancel.recorded"
    /// The task is queued again, the client has no answer.
    case retryRecorded = "retry.recorded"

    // Telling others.
    /// A webhook is claimed, nothing was sent.
    case webhookClaimed = "webhook.claimed"
    /// The receiver has answered, that is not on record.
    case webhookSent = "webhook.sent"

    // Folders to train from.
    /// An upload's files are in place, the transaction is not committed.
    case uploadPlaced = "folder.placed"
    /// A folder is closed to submissions, its files are still there.
    case folderClosed = "folder.closed"
    /// It is on record that an upload's files are to go, they are still there.
    case folderRetired = "folder.retired"

    // Retention.
    /// It is on record that files are to go, they are still there.
    case pruneRecorded = "prune.recorded"
    /// Some files are gone, that is not on record.
    case filesPruned = "prune.removed"
}
