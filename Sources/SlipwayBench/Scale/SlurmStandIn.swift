import Foundation

/// A cluster of files: programs with the names of Slurm's, that answer in Slurm's words with what the bench has written.
///
/// With 10,000 jobs it prints what squeue prints of so many, two megabytes, and costs what reading them costs.
struct SlurmStandIn: Sendable {
    /// To come first in the cluster's `PATH`.
    let folder: String

    private static let separator = "\u{1F}"

    init(in parent: String, cluster node: String = "node") throws {
        folder = parent + "/slurm"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write("", to: "queue")
        try write(
            [["cpu*", "up", "10000/0/0/10000", "625/0/0/625", "128000", "(null)", "60-00:00:00"]], to: "partitions")
        let nodes = (1...625).map { number in
            ["\(node)\(number)", "cpu*", "allocated", "16/0/0/16", "128000", "64000", "(null)", "none"]
        }
        try write(nodes, to: "nodes")
        try program("squeue", "exec cat '\(folder)/queue'")
        try program(
            "sinfo", "case \"$*\" in *--Node*) exec cat '\(folder)/nodes' ;; *) exec cat '\(folder)/partitions' ;; esac"
        )
        // Accounting is asked for what left the queue; nothing does.
        try program("sacct", "exit 0")
        try program("scancel", "exit 0")
        try program("scontrol", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1")
        try program(
            "sbatch",
            "echo 'sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified' >&2; exit 1"
        )
    }

    /// A job as `squeue` shows it.
    struct Job: Sendable {
        var id: Int64
        var folder: String
        var isRunning: Bool
    }

    /// What squeue answers from now on, from one moment to the next.
    func show(_ jobs: [Job]) throws {
        try write(jobs.map { Self.line($0) }, to: "queue")
    }

    /// In the order of `SlurmCommand.queue(user:)`.
    private static func line(_ job: Job) -> [String] {
        [
            "\(job.id)", job.isRunning ? "RUNNING" : "PENDING", "twinscie", "cpu", job.isRunning ? "None" : "Priority",
            "1795265969", job.isRunning ? "1795265970" : "N/A", job.isRunning ? "1795352370" : "N/A",
            job.isRunning ? "node\(job.id % 625 + 1)" : "", "1-00:00:00", "\(4_294_901_753 - job.id % 100_000)",
            job.folder, "bench_scale",
        ]
    }

    private func write(_ records: [[String]], to name: String) throws {
        try write(records.map { $0.joined(separator: Self.separator) + "\n" }.joined(), to: name)
    }

    private func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }

    private func program(_ name: String, _ line: String) throws {
        try write("#!/bin/sh\n\(line)\n", to: name)
        chmod("\(folder)/\(name)", 0o700)
    }
}
