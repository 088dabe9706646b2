import Foundation
import SlipwayCore

/// How far a process is, in the words of docker's `ps`, which the old server passed on: its clients look for `Up` and
/// `Exited (0)`.
struct DockerStatus: Hashable {
    var state: TaskState
    var reason: FailureReason?
    /// The script's.
    var exitCode: Int?
    var signal: Int?
    var startedAt: Date?
    var endedAt: Date

    init(
        state: TaskState, reason: FailureReason? = nil, exitCode: Int? = nil, signal: Int? = nil,
        startedAt: Date? = nil, endedAt: Date
    ) {
        self.state = state
        self.reason = reason
        self.exitCode = exitCode
        self.signal = signal
        self.startedAt = startedAt
        self.endedAt = endedAt
    }

    init(_ task: MLTask) {
        self.init(
            state: task.state, reason: task.reason, exitCode: task.attempt?.exitCode, signal: task.attempt?.signal,
            startedAt: task.attempt?.startedAt, endedAt: task.finishedAt ?? task.updatedAt)
    }

    func text(at now: Date) -> String {
        switch state {
        case .queued, .submitting, .pending: return "Created"
        // A model that is not published yet is not there for the client: the process goes on for it.
        case .running, .collecting: return "Up \(Self.duration(from: startedAt ?? now, to: now))"
        case .succeeded, .failed, .cancelled, .lost:
            return "Exited (\(code)) \(Self.duration(from: endedAt, to: now)) ago"
        }
    }

    /// As docker tells it: 128 and the signal for a container that one ended, which is SIGKILL where memory ran out and
    /// SIGTERM where somebody stops it.
    private var code: Int {
        switch (state, reason) {
        case (.succeeded, _): 0
        case (.cancelled, _): signal == 9 ? 137 : 143
        case (_, .outOfMemory): 137
        case (_, .timeout), (_, .preempted): 143
        default: exitCode.flatMap { $0 == 0 ? nil : $0 } ?? signal.map { 128 + $0 } ?? 1
        }
    }

    private static func duration(from: Date, to: Date) -> String {
        HumanDuration.text(seconds: to.timeIntervalSince(from))
    }
}
