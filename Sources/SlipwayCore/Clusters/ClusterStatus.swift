package import Foundation

/// What a cluster last said of itself. Reads are answered from this; they never reach Slurm.
package struct ClusterStatus: Sendable {
    package var name: String
    package var partitions: [PartitionStatus]
    package var nodes: [NodeStatus]
    /// Jobs of Slipway's user by state.
    package var jobsWaiting: Int
    package var jobsRunning: Int
    /// When squeue was last answered; nil before the first answer.
    package var lastContact: Date?
    /// Why the last call failed; nil when it did not.
    package var problem: String?
    /// Whether Slurm keeps accounting on this cluster; nil before it was asked.
    package var hasAccounting: Bool?
    /// Why sacct did not answer when it was last asked; nil when it did.
    package var accountingProblem: String?

    package init(
        name: String, partitions: [PartitionStatus] = [], nodes: [NodeStatus] = [], jobsWaiting: Int = 0,
        jobsRunning: Int = 0, lastContact: Date? = nil, problem: String? = nil
    ) {
        self.name = name
        self.partitions = partitions
        self.nodes = nodes
        self.jobsWaiting = jobsWaiting
        self.jobsRunning = jobsRunning
        self.lastContact = lastContact
        self.problem = problem
    }

    /// One partition as Slurm describes it.
    package struct PartitionStatus: Sendable, Hashable {
        /// Slurm's name.
        package var name: String
        package var available: String
        package var nodes: Int
        package var cpusAllocated: Int
        package var cpusIdle: Int
        package var cpusTotal: Int
        package var gres: String?
        package var timeLimit: String?

        package init(
            name: String, available: String, nodes: Int, cpusAllocated: Int, cpusIdle: Int, cpusTotal: Int,
            gres: String?, timeLimit: String?
        ) {
            self.name = name
            self.available = available
            self.nodes = nodes
            self.cpusAllocated = cpusAllocated
            self.cpusIdle = cpusIdle
            self.cpusTotal = cpusTotal
            self.gres = gres
            self.timeLimit = timeLimit
        }
    }

    /// One node as Slurm describes it.
    package struct NodeStatus: Sendable, Hashable {
        package var name: String
        /// Slurm's names of the partitions that it is in.
        package var partitions: [String]
        package var state: String
        package var cpusAllocated: Int
        package var cpusTotal: Int
        package var memoryMegabytes: Int?
        package var gres: String?

        package init(
            name: String, partitions: [String] = [], state: String, cpusAllocated: Int, cpusTotal: Int,
            memoryMegabytes: Int?, gres: String?
        ) {
            self.name = name
            self.partitions = partitions
            self.state = state
            self.cpusAllocated = cpusAllocated
            self.cpusTotal = cpusTotal
            self.memoryMegabytes = memoryMegabytes
            self.gres = gres
        }
    }
}
