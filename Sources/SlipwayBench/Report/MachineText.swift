import Foundation

/// A line about the machine, for whoever compares two tables.
enum MachineText {
    static func describe() -> String {
        var load = [0.0, 0, 0]
        getloadavg(&load, 3)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let memory = ProcessInfo.processInfo.physicalMemory >> 30
        let day = Date().formatted(.iso8601.year().month().day())
        return """
            \(day), \(cores) cores, \(memory) GiB of memory, load average \(String(format: "%.1f", load[0])) before the run.
            All traffic is loopback; the load generator, the server, PostgreSQL and Slurm share the cores.

            """
    }
}
