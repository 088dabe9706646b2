import SlipwayServices

/// What makes the server pass a point.
enum FaultPlay: Sendable, Hashable {
    /// A task that ends by itself.
    case task(TaskKind)
    /// A task that waits in Slurm, and is cancelled.
    case cancel
    /// A task that fails, and is retried by its user.
    case retry
    /// Another suite has a server killed there; the file that names the point.
    case elsewhere(String)

    /// A new point does not compile before it has its play.
    init(_ point: FaultPoint) {
        self =
            switch point {
            case .uploadReceived, .uploadArranged, .folderPlaced, .taskStored: .task(.quick)
            case .attemptClaimed, .scriptWritten, .submissionBegun, .jobNamed, .jobRecorded: .task(.quick)
            case .answerUnclear: .task(.unclear)
            case .queueRead, .stepRecorded: .task(.quick)
            case .accountingRead: .task(.failing)
            case .retryPlanned: .task(.lucky)
            case .attemptReleased: .task(.refused)
            case .jobsCancelled: .cancel
            case .outputClaimed, .archiveCopied, .archiveUnpacked: .task(.quick)
            case .versionReserved, .publicationBegun, .filesPlaced, .versionPublished: .task(.quick)
            case .cancelRecorded: .cancel
            case .retryRecorded: .retry
            case .webhookClaimed, .webhookSent: .elsewhere("WebhookTests.swift")
            case .uploadPlaced, .folderClosed, .folderRetired: .elsewhere("Workflows/FolderFaultTests.swift")
            case .pruneRecorded, .filesPruned: .elsewhere("RetentionTests.swift")
            }
    }

    var kind: TaskKind? {
        switch self {
        case .task(let kind): kind
        case .cancel: .waiting
        case .retry: .retried
        case .elsewhere: nil
        }
    }
}
