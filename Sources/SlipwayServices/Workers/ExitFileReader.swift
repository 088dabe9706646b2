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
            lastWords: file.exitCode == 0 ? nil : lastLine(ofLog: jobID, in: folders.task(id.task)))
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

    /// The last line with something on it, from the last four kibibytes, at most 500 characters.
    private func lastLine(ofLog jobID: Int64, in task: TaskFolder) -> String? {
        guard let log = StoredFile.at(task.log(jobID: jobID), within: task.path) else { return nil }
        let data = log.content.contents(at: max(0, log.bytes - 4096), limit: 4096)
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.map { Self.withoutControls($0).trimmingCharacters(in: .whitespaces) }
            .last { !$0.isEmpty && !$0.hasPrefix("slipway:") }
            .map { String($0.prefix(500)) }
    }

    /// A database takes no NUL, and a terminal no escapes.
    private static func withoutControls(_ line: Substring) -> String {
        var text = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            if scalar == "\t" {
                text.append(" ")
            } else if scalar.properties.generalCategory != .control {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
