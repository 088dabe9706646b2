import Foundation
import SlipwayClient
import SlipwayCore
import SlipwayServices

/// What `prune` prints.
struct PruneReport: Sendable {
    let isDryRun: Bool
    /// Each thing has a line, not only each problem.
    let namesAll: Bool
    let policies: [String: ClusterConfiguration]

    /// Prints the line of one thing.
    func tell(_ finding: RetentionFinding) {
        if case .problem(let message) = finding {
            FileHandle.standardError.write(Data("slipway: \(TerminalText.plain(message))\n".utf8))
        } else if namesAll {
            print(TerminalText.plain(line(finding)))
        }
    }

    /// A table of what was removed, or would be.
    func summary(_ totals: [RetentionTotal]) -> String {
        var table = Table([
            .init("cluster"), .init("what"), .init("kept for"), .init("number", isNumber: true),
            .init("size", isNumber: true),
        ])
        for total in totals {
            table.append([
                total.cluster, total.kind ?? "begun before",
                total.seconds.map { RetentionPolicy.text(seconds: $0) } ?? "",
                "\(total.count)", ByteCount.text(total.bytes),
            ])
        }
        return table.text() + (isDryRun ? "Nothing was removed: this was a dry run.\n" : "")
    }

    private func line(_ finding: RetentionFinding) -> String {
        switch finding {
        case .task(let task, let part, let bytes):
            let policy = policies[task.cluster]?.retention.rule(for: part, of: task.cluster)
            let what = part == .files ? "files" : "log"
            return """
                \(verb)  task \(task.id): \(what), \(ByteCount.text(bytes)), ended \(age(task.finishedAt)) ago\
                \(reason(task.cluster, part.rawValue, policy?.seconds))
                """
        case .version(let version, let bytes):
            let policy = policies[version.cluster]?.retention.versionRule(of: version.cluster)
            return """
                \(verb)  model \(version.name) version \(version.version): \(ByteCount.text(bytes)), published \
                \(age(version.publishedAt)) ago\(reason(version.cluster, "archives", policy?.seconds)); no alias names \
                it, and there is a newer version
                """
        case .kept(let version):
            let why =
                version.aliases.isEmpty
                ? "it is the newest version"
                : "named by \(version.aliases.map { "“\($0)”" }.joined(separator: ", "))"
            return """
                kept  model \(version.name) version \(version.version): published \(age(version.publishedAt)) ago; \(why)
                """
        case .unfinishedTask(let task, let bytes):
            return "\(verb)  task \(task.id): \(ByteCount.text(bytes)), begun by an earlier run"
        case .unfinishedVersion(let version, let bytes):
            return
                "\(verb)  model \(version.name) version \(version.version): \(ByteCount.text(bytes)), begun by an earlier run"
        case .problem(let message):
            return message
        }
    }

    private var verb: String { isDryRun ? "would go" : "gone" }

    private func age(_ date: Date) -> String { RetentionPolicy.text(seconds: Date().timeIntervalSince(date)) }

    private func reason(_ cluster: String, _ key: String, _ seconds: Double?) -> String {
        seconds.map { "; \(cluster) keeps \(key) for \(RetentionPolicy.text(seconds: $0))" } ?? ""
    }
}
