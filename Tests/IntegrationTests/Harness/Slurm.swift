import Foundation

/// Slurm's own commands, asked beside the server.
enum Slurm {
    /// A job as squeue or sacct tells it.
    struct Job: Sendable, Hashable {
        var id: Int64
        var folder: String
        var state: String
        var partition: String
        var account: String
        var name: String
        var resources: String
    }

    /// Runs a command that has to succeed; the answer is what it printed.
    static func run(_ program: String, _ arguments: String..., within limit: Duration = .seconds(60)) async throws
        -> String
    {
        try await run(program, arguments, within: limit)
    }

    static func run(_ program: String, _ arguments: [String], within limit: Duration = .seconds(60)) async throws
        -> String
    {
        let environment = try TestEnvironment.current()
        return try await Command(
            program: program, arguments: arguments,
            environment: ["SLURM_CONF": environment.slurmConfiguration, "PATH": environment.path]
        ).succeed(within: limit)
    }

    /// Jobs in the queue whose working directory lies under a folder, the ended ones that Slurm still knows included.
    static func queue(under folder: String, all: Bool = true) async throws -> [Job] {
        let format = ["%i", "%Z", "%T", "%P", "%a", "%j", "%b"].joined(separator: separator)
        let arguments = ["--noheader", "--format=\(format)"] + (all ? ["--states=all"] : [])
        return jobs(try await run("squeue", arguments), under: folder)
    }

    /// Jobs that accounting knows, one line for each, whose working directory lies under a folder.
    static func accounting(under folder: String) async throws -> [Job] {
        let text = try await run(
            "sacct", "--allocations", "--duplicates", "--noheader", "--parsable2", "--delimiter=\(separator)",
            "--starttime=now-2hours", "--format=JobIDRaw,WorkDir,State,Partition,Account,JobName,AllocTRES")
        return jobs(text, under: folder)
    }

    /// `scontrol show job`, word by word.
    static func details(of job: Int64) async throws -> [String: String] {
        let text = try await run("scontrol", "show", "job", "\(job)")
        var details: [String: String] = [:]
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let equals = word.firstIndex(of: "=") else { continue }
            details[String(word[..<equals])] = String(word[word.index(after: equals)...])
        }
        return details
    }

    /// Ends all jobs of a test's server, and waits until none is left.
    static func cancelAll(under folder: String) async throws {
        let own = try await queue(under: folder, all: false)
        guard !own.isEmpty else { return }
        _ = try await run("scancel", own.map { "\($0.id)" })
        try await untilNone(under: folder)
    }

    /// Waits until no job of a test's server waits, runs or is completing.
    static func untilNone(under folder: String) async throws {
        try await Patience.until("Slurm has no job under \(folder)", within: .seconds(30)) {
            try await queue(under: folder, all: false).isEmpty
        }
    }

    private static let separator = "\u{1F}"

    private static func jobs(_ text: String, under folder: String) -> [Job] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: Character(separator), omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 7, let id = Int64(fields[0]), fields[1].hasPrefix(folder + "/") else { return nil }
            return Job(
                id: id, folder: fields[1], state: fields[2], partition: fields[3], account: fields[4], name: fields[5],
                resources: fields[6])
        }
    }
}
