import SlipwayServices
import Testing

/// One data root and the points at which its server is killed, one after the other.
struct FaultRun: Sendable, CustomTestStringConvertible {
    var points: [FaultPoint]

    var testDescription: String { points.map(\.rawValue).joined(separator: ", ") }

    /// Runs go side by side. After a death the Monitor's lease has to lapse, so what needs it is spread over them.
    static let all = [
        FaultRun([.retryRecorded, .uploadReceived, .uploadArranged, .folderPlaced, .taskStored, .cancelRecorded]),
        FaultRun([.attemptClaimed, .scriptWritten, .submissionBegun, .jobNamed, .jobRecorded, .answerUnclear]),
        FaultRun([.queueRead, .stepRecorded, .accountingRead]),
        FaultRun([.retryPlanned, .attemptReleased, .jobsCancelled]),
        FaultRun([.outputClaimed, .archiveCopied, .archiveUnpacked]),
        FaultRun([.versionReserved, .publicationBegun, .filesPlaced, .versionPublished]),
    ]

    init(_ points: [FaultPoint]) {
        self.points = points
    }
}
