import Foundation
import SlipwayCore
import Slurm

/// Reads what a job left beside its output. All block.
struct ExitFileReader: Sendable {
    let folders: DataFolders

    /// The exit file of an attempt, if the job has written it.
    func exitFile(of id: Attempt.ID) -> ExitFile? {
        let path = folders.task(id.task).attempt(id.number).exitFile
        guard let file = StoredFile.at(path), file.bytes <= 1 << 20,
            let data = FileManager.default.contents(atPath: path)
        else { return nil }
        // A file that is no exit file says nothing: the job may be writing over it, or the script did.
        return try? JSONDecoder().decode(ExitFile.self, from: data)
    }

    /// The exit file as a report; nil where it is of another job than this one.
    func report(of id: Attempt.ID, jobID: Int64) -> AttemptStateMachine.ExitReport? {
        guard let file = exitFile(of: id), Int64(file.jobID) == jobID else { return nil }
        return AttemptStateMachine.ExitReport(
            exitCode: file.exitCode,
            signal: file.signal,
            reason: file.reason.flatMap(Self.reason),
            startedAt: Date(timeIntervalSince1970: Double(file.startedAt)),
            finishedAt: Date(timeIntervalSince1970: Double(file.finishedAt)),
            node: file.node,
            peakMemoryBytes: file.peakMemoryBytes,
            lastWords: file.exitCode == 0 ? nil : lastLine(ofLog: folders.task(id.task).log(jobID: jobID)))
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
        let path = folders.task(id.task).attempt(id.number).claim
        return (try? FileManager.default.destinationOfSymbolicLink(atPath: path)).flatMap { Int64($0) }
    }

    /// The last line with something on it, from the last four kibibytes, at most 500 characters.
    private func lastLine(ofLog path: String) -> String? {
        guard StoredFile.at(path) != nil, let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let size = try? handle.seekToEnd() else { return nil }
        guard (try? handle.seek(toOffset: size > 4096 ? size - 4096 : 0)) != nil,
            let data = try? handle.read(upToCount: 4096)
        else { return nil }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.map { $0.trimmingCharacters(in: .whitespaces) }
            .last { !$0.isEmpty && !$0.hasPrefix("slipway:") }
            .map { String($0.prefix(500)) }
    }
}
