package import Foundation

/// Why and for how long a job waits.
package struct WaitingAnswer: Codable, Sendable {
    /// Slurm's word, as `Priority`.
    package var reason: String?
    /// The word as one sentence for people.
    package var explanation: String?
    /// Place among Slipway's waiting jobs of the partition, from 1; absent where it is not known.
    package var position: Int?
    /// When Slurm expects to start the job; absent where it says nothing.
    package var expectedStart: Date?

    enum CodingKeys: String, CodingKey {
        case reason, explanation, position
        case expectedStart = "expected_start"
    }

    package init(reason: String?, explanation: String?, position: Int?, expectedStart: Date?) {
        self.reason = reason
        self.explanation = explanation
        self.position = position
        self.expectedStart = expectedStart
    }
}

/// How an attempt differs from what the config asks for, because of those before it.
package struct AttemptPlanAnswer: Codable, Sendable {
    package var memoryMegabytes: Int?
    /// Nodes that failed under earlier attempts.
    package var excludedNodes: [String]?
    /// The attempt whose output this one goes on from.
    package var resumesFrom: Int?

    enum CodingKeys: String, CodingKey {
        case memoryMegabytes = "memory_megabytes"
        case excludedNodes = "excluded_nodes"
        case resumesFrom = "resumes_from"
    }

    package init(memoryMegabytes: Int?, excludedNodes: [String]?, resumesFrom: Int?) {
        self.memoryMegabytes = memoryMegabytes
        self.excludedNodes = excludedNodes
        self.resumesFrom = resumesFrom
    }
}
