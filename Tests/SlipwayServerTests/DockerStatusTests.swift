import Foundation
import SlipwayCore
import Testing

@testable import SlipwayDialects

@Suite("A process in docker's words")
struct DockerStatusTests {
    /// Both sides of each of go-units' steps.
    @Test(
        "Times are told as docker tells them",
        arguments: [
            (-5, "Less than a second"), (0, "Less than a second"), (0.99, "Less than a second"), (1, "1 second"),
            (1.9, "1 second"), (2, "2 seconds"), (8, "8 seconds"), (59.9, "59 seconds"), (60, "About a minute"),
            (119, "About a minute"), (120, "2 minutes"), (180, "3 minutes"), (3599, "59 minutes"),
            (3600, "About an hour"), (5399, "About an hour"), (5400, "2 hours"), (5 * 3600, "5 hours"),
            (47 * 3600 + 1799, "47 hours"), (47 * 3600 + 1800, "2 days"), (48 * 3600, "2 days"),
            (14 * 86_400 - 1801, "13 days"), (14 * 86_400, "2 weeks"), (60 * 86_400 - 1801, "8 weeks"),
            (60 * 86_400, "2 months"), (95 * 86_400, "3 months"), (730 * 86_400 - 1801, "24 months"),
            (730 * 86_400, "2 years"), (1e300, "31709 years"),
        ] as [(Double, String)])
    func duration(seconds: Double, words: String) {
        #expect(HumanDuration.text(seconds: seconds) == words)
    }

    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    private static func status(
        _ state: TaskState, _ reason: FailureReason? = nil, code: Int? = nil, signal: Int? = nil
    ) -> DockerStatus {
        DockerStatus(
            state: state, reason: reason, exitCode: code, signal: signal, startedAt: now - 300, endedAt: now - 180)
    }

    @Test(
        "Every state has a word",
        arguments: [
            (status(.queued), "Created"), (status(.submitting), "Created"), (status(.pending), "Created"),
            (status(.running), "Up 5 minutes"),
            // The script ended well, but the model is not there yet.
            (status(.collecting, code: 0), "Up 5 minutes"),
            (status(.succeeded, code: 0), "Exited (0) 3 minutes ago"),
            (status(.succeeded), "Exited (0) 3 minutes ago"),
            (status(.failed, .exitCode, code: 1), "Exited (1) 3 minutes ago"),
            (status(.failed, .exitCode, code: 77), "Exited (77) 3 minutes ago"),
            (status(.failed, .exitCode, signal: 11), "Exited (139) 3 minutes ago"),
            (status(.failed, .exitCode), "Exited (1) 3 minutes ago"),
            (status(.failed, .outOfMemory, code: 0, signal: 9), "Exited (137) 3 minutes ago"),
            (status(.failed, .timeout, code: 1), "Exited (143) 3 minutes ago"),
            (status(.failed, .preempted), "Exited (143) 3 minutes ago"),
            // The script was content with itself, and left nothing that is a model.
            (status(.failed, .output, code: 0), "Exited (1) 3 minutes ago"),
            (status(.failed, .image, code: 126), "Exited (126) 3 minutes ago"),
            (status(.failed, .rejected), "Exited (1) 3 minutes ago"),
            (status(.failed, .nodeFailure), "Exited (1) 3 minutes ago"),
            (status(.cancelled), "Exited (143) 3 minutes ago"),
            (status(.cancelled, signal: 15), "Exited (143) 3 minutes ago"),
            (status(.cancelled, signal: 9), "Exited (137) 3 minutes ago"),
            (status(.lost), "Exited (1) 3 minutes ago"),
        ])
    func words(status: DockerStatus, words: String) {
        #expect(status.text(at: Self.now) == words)
    }

    @Test("A start that is not on record yet was just now")
    func started() {
        let status = DockerStatus(state: .running, endedAt: Self.now)
        #expect(status.text(at: Self.now) == "Up Less than a second")
    }
}
