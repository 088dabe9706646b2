package import Foundation

/// The clusters as they last described themselves.
package struct ClusterListAnswer: Codable, Sendable {
    package var clusters: [ClusterAnswer]

    package init(clusters: [ClusterAnswer]) {
        self.clusters = clusters
    }
}

/// One cluster.
package struct ClusterAnswer: Codable, Sendable {
    package var name: String
    package var partitions: [Partition]
    package var nodes: [Node]
    package var queue: Queue
    /// When it last answered; absent before the first answer.
    package var lastContact: Date?
    /// Why the last call failed; absent when it did not.
    package var problem: String?

    package struct Partition: Codable, Sendable {
        package var name: String
        package var available: String
        package var nodes: Int
        package var cpusAllocated: Int
        package var cpusIdle: Int
        package var cpusTotal: Int
        package var gres: String?
        package var timeLimit: String?

        enum CodingKeys: String, CodingKey {
            case name, available, nodes
            case cpusAllocated = "cpus_allocated"
            case cpusIdle = "cpus_idle"
            case cpusTotal = "cpus_total"
            case gres
            case timeLimit = "time_limit"
        }

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

    package struct Node: Codable, Sendable {
        package var name: String
        package var state: String
        package var cpusAllocated: Int
        package var cpusTotal: Int
        package var memoryMegabytes: Int?
        package var gres: String?

        enum CodingKeys: String, CodingKey {
            case name, state
            case cpusAllocated = "cpus_allocated"
            case cpusTotal = "cpus_total"
            case memoryMegabytes = "memory_megabytes"
            case gres
        }

        package init(
            name: String, state: String, cpusAllocated: Int, cpusTotal: Int, memoryMegabytes: Int?, gres: String?
        ) {
            self.name = name
            self.state = state
            self.cpusAllocated = cpusAllocated
            self.cpusTotal = cpusTotal
            self.memoryMegabytes = memoryMegabytes
            self.gres = gres
        }
    }

    /// Slipway's own jobs in the cluster's queue.
    package struct Queue: Codable, Sendable {
        package var waiting: Int
        package var running: Int

        package init(waiting: Int, running: Int) {
            self.waiting = waiting
            self.running = running
        }
    }

    enum CodingKeys: String, CodingKey {
        case name, partitions, nodes, queue
        case lastContact = "last_contact"
        case problem
    }

    package init(
        name: String, partitions: [Partition], nodes: [Node], queue: Queue, lastContact: Date?, problem: String?
    ) {
        self.name = name
        self.partitions = partitions
        self.nodes = nodes
        self.queue = queue
        self.lastContact = lastContact
        self.problem = problem
    }
}
