import Foundation
import Slurm
import Testing

@Suite("Why a job waits")
struct PendingReasonTests {
    /// JOB REASON CODES of squeue(1) 22.05.8, the families with one of their words each.
    static let manual = [
        "AssocGrpCpuLimit", "AssociationJobLimit", "AssocMaxWallDurationPerJobLimit", "AssociationResourceLimit",
        "AssociationTimeLimit", "BadConstraints", "BeginTime", "Cleaning", "Dependency", "DependencyNeverSatisfied",
        "FrontEndDown", "InactiveLimit", "InvalidAccount", "InvalidQOS", "JobHeldAdmin", "JobHeldUser",
        "JobLaunchFailure", "Licenses", "NodeDown", "NonZeroExitCode", "PartitionDown", "PartitionInactive",
        "PartitionNodeLimit", "PartitionTimeLimit", "Priority", "Prolog", "QOSGrpCpuLimit", "QOSJobLimit",
        "QOSMaxJobsPerUserLimit", "QOSResourceLimit", "QOSTimeLimit", "QOSUsageThreshold", "ReqNodeNotAvail",
        "Reservation", "Resources", "SystemFailure", "TimeLimit", "WaitingForScheduling",
    ]

    @Test("Every word of the manual has a sentence", arguments: manual)
    func known(word: String) throws {
        try expectSentence(word)
    }

    @Test("Every word of this machine's own squeue(1) has a sentence", .enabled(if: installedWords != nil))
    func installed() throws {
        let words = try #require(Self.installedWords)
        #expect(words.count > 30, "\(words)")
        for word in words { try expectSentence(word.replacing("*", with: "Cpu")) }
    }

    private func expectSentence(_ word: String) throws {
        let reason = try #require(PendingReason(word))
        #expect(reason.sentence != word && reason.sentence.hasSuffix(".") && reason.raw == word)
    }

    /// The words that begin the paragraphs of the manual's section.
    static let installedWords: [String]? = {
        let text = try? Bash.run(
            """
            set -o pipefail
            zcat /usr/share/man/man1/squeue.1.gz |
                awk '/^\\.SH "?JOB REASON CODES/{p = 1; next} /^\\.SH/{p = 0}
                     p && tag {print; tag = 0} p && /^\\.TP/{tag = 1}' | sed 's/\\\\f[A-Z]//g; s/^\\.[A-Z]* //; s/\\\\//g'
            """)
        guard let text, text.status == 0 else { return nil }
        let words = text.output.split(separator: "\n").map { String($0.prefix { $0.isLetter || $0 == "*" }) }
        return words.isEmpty ? nil : words
    }()

    @Test(
        "A reason means this, and passes by itself or does not",
        arguments: [
            ("Resources", "Waits for resources to become free.", true),
            ("PartitionTimeLimit", "more time than the partition allows: will not start as it is", false),
            ("JobHeldAdmin", "Held by an operator", false), ("JobHeldUser", "scontrol release", false),
            ("ReqNodeNotAvail, UnavailableNodes:n[1-3],n7", "Unavailable: n[1-3],n7.", true),
            ("ReqNodeNotAvail,_UnavailableNodes:n1", "Unavailable: n1.", true),
            ("ReqNodeNotAvail, UnavailableNodes:", "or excluded.", true),
            ("QOSGrpCpuLimit", "QOSGrpCpuLimit. It starts when others have ended", true),
            ("QOSGrpCPUMinutesLimit", "computing time", true), ("AssocGrpGRESMinutes", "computing time", true),
            ("AssocGrpCPURunMinutesLimit", "when others have ended", true),
            ("QOSMaxWallDurationPerJobLimit", "will not start", false), ("AssocMaxCpuPerJobLimit", "will not", false),
            ("QOSMaxGRESPerNode", "will not start", false), ("QOSMaxCpuPerUserLimit", "others have ended", true),
            ("QOSMaxJobsPerUserLimit", "others have ended", true), ("AssocMaxJobsLimit", "others have ended", true),
            ("AssocMaxSubmitJobLimit", "others have ended", true), ("QOSMinCpuNotSatisfied", "less than", false),
            ("MaxJobsPerAccount", "A limit of the account is used up by other jobs: MaxJobsPerAccount", true),
            ("MaxMemPerLimit", "more than one job may have", false), ("JobArrayTaskLimit", "array", true),
            ("launch failed requeued held", "Its start failed", false),
            ("launch_failed_requeued_held", "Its start failed", false),
            ("job requeued in held state", "held until somebody releases it", false),
            ("user env retrieval failed requeued held", "the user's environment", false),
            ("Quantum Flux (n1)", "Quantum Flux (n1)", true),
        ])
    func meaning(text: String, words: String, canPass: Bool) throws {
        let reason = try #require(PendingReason(text))
        #expect(reason.sentence.contains(words), "\(reason.sentence)")
        #expect(reason.canPass == canPass)
    }

    @Test("No reason has no sentence", arguments: ["", "None", "(null)"])
    func none(text: String) {
        #expect(PendingReason(text) == nil)
    }
}
