import Foundation
import SlipwayCore
import Slurm

/// Reads what a job left beside its output, and takes none of it on trust. All block.
struct ExitFileReader: Sendable {
    let folders: DataFolders

    /// The exit file of an attempt, if the job has written it.
    func exitFile(of id: Attempt.ID) -> ExitFile? {
        let task = folders.task(id.task)
        guard let file = StoredFile.at(task.attempt(id.number).exitFile, within: task.path), file.bytes <= 1 << 20
        else { return nil }
        // A file that is no exit file says nothing.
        return try? JSONDecoder().decode(ExitFile.self, from: file.content.contents(limit: 1 << 20))
    }

    /// The exit file as a report; nil where it is of another job than this one, or says what cannot be.
    func report(of id: Attempt.ID, jobID: Int64) -> AttemptStateMachine.ExitReport? {
        guard let file = exitFile(of: id), Int64(file.jobID) == jobID, Self.isPlausible(file, at: Date())
        else { return nil }
        return AttemptStateMachine.ExitReport(
            exitCode: file.exitCode,
            signal: file.signal,
            reason: file.reason.flatMap(Self.reason),
            startedAt: Date(timeIntervalSince1970: Double(file.startedAt)),
            finishedAt: Date(timeIntervalSince1970: Double(file.finishedAt)),
            node: file.node,
            peakMemoryBytes: file.peakMemoryBytes,
            lastWords: file.exitCode == 0 ? nil : lastWords(inLogOf: jobID, in: folders.task(id.task)))
    }

    /// Nodes' clocks may be ahead of the server's, by a day at most.
    static func isPlausible(_ file: ExitFile, at now: Date) -> Bool {
        let times = 0...Int64(now.timeIntervalSince1970) + 86_400
        return (0...255).contains(file.exitCode)
            && file.signal.map { (1...64).contains($0) } ?? true
            && times.contains(file.startedAt) && times.contains(file.finishedAt)
            && file.peakMemoryBytes.map { $0 >= 0 } ?? true
            && file.node.wholeMatch(of: /[A-Za-z0-9._-]{1,255}/) != nil
    }

    private static func reason(_ word: String) -> FailureReason? {
        switch ExitFile.Reason(rawValue: word) {
        case .image: .image
        case .node: .nodeFailure
        case .output: .output
        case .timeLimit: .timeout
        case nil: nil
        }
    }

    /// The job that took the attempt by its claim.
    func claimant(of id: Attempt.ID) -> Int64? {
        let task = folders.task(id.task)
        let target = OpenFolder.reach(task.attempt(id.number).claim, within: task.path) { $0.link($1) }
        guard let target, target.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int64(target)
    }

    /// The script's last words, from the log's last 32 kibibytes.
    private func lastWords(inLogOf jobID: Int64, in task: TaskFolder) -> String? {
        guard let log = StoredFile.at(task.log(jobID: jobID), within: task.path) else { return nil }
        let tail: Int64 = 32 << 10
        let data = log.content.contents(at: max(0, log.bytes - tail), limit: Int(tail))
        return LastWords.of(log: String(decoding: data, as: UTF8.self))
    }
}
