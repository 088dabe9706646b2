import SlipwayAPI
import SlipwayCore

extension ClusterAnswer {
    init(_ status: ClusterStatus) {
        self.init(
            name: status.name,
            partitions: status.partitions.map { partition in
                Partition(
                    name: partition.name, available: partition.available, nodes: partition.nodes,
                    cpusAllocated: partition.cpusAllocated, cpusIdle: partition.cpusIdle,
                    cpusTotal: partition.cpusTotal, gres: partition.gres, timeLimit: partition.timeLimit)
            },
            nodes: status.nodes.map { node in
                Node(
                    name: node.name, state: node.state, cpusAllocated: node.cpusAllocated, cpusTotal: node.cpusTotal,
                    memoryMegabytes: node.memoryMegabytes, gres: node.gres)
            },
            queue: Queue(waiting: status.jobsWaiting, running: status.jobsRunning), lastContact: status.lastContact,
            problem: status.problem)
    }
}
