import Crypto
import Foundation

extension Audit {
    /// Each success has one version, each version its files, and `default` names the newest one.
    func versions() throws -> [Finding] {
        var findings: [Finding] = []
        let byTask = Dictionary(grouping: records.versions, by: \.task)
        for task in records.tasks.values.sorted(by: { $0.id < $1.id }) {
            let versions = byTask[task.id] ?? []
            let count = versions.count { $0.sha256 != nil }
            if count != (task.state == "succeeded" ? 1 : 0) {
                findings.append(
                    Finding(kind: .wrongEnd, task: task.id, words: "it is \(task.state) and has \(count) versions"))
            }
        }
        for version in records.versions {
            guard let sha256 = version.sha256 else {
                findings.append(
                    Finding(
                        kind: .orphan, task: version.task,
                        words: "version \(version.version) of \(version.name) is reserved and not published"))
                continue
            }
            let path = "\(folder)/models/\(version.name)/\(version.version)"
            let archive = FileManager.default.contents(atPath: path + "/model.tar.gz").map { Self.sha256(of: $0) }
            let files = (try? FileManager.default.contentsOfDirectory(atPath: path + "/files")) ?? []
            if archive != sha256 || files.isEmpty {
                findings.append(
                    Finding(
                        kind: archive == nil ? .orphan : .wrongEnd, task: version.task,
                        words: "\(path) holds \(files.count) files and an archive of \(archive ?? "none")"))
            }
        }
        for (name, versions) in Dictionary(grouping: records.versions.filter { $0.sha256 != nil }, by: \.name) {
            let newest = versions.map(\.version).max()
            if records.defaults[name] != newest {
                findings.append(
                    Finding(
                        kind: .wrongEnd, task: nil,
                        words: "default of \(name) is \(records.defaults[name] ?? 0), the newest \(newest ?? 0)"))
            }
        }
        return findings
    }

    /// No file without a row, no row without its file; dead servers have left nothing.
    func folders() -> [Finding] {
        var findings: [Finding] = []
        let tasks = Set(Self.names(folder + "/tasks").filter { !$0.hasPrefix(".") })
        for id in tasks.symmetricDifference(records.tasks.keys).sorted() {
            let words = tasks.contains(id) ? "a folder without a row" : "a row without a folder"
            findings.append(Finding(kind: .orphan, task: id, words: words))
        }
        for path in Self.abandoned(folder, servers: records.servers) {
            findings.append(Finding(kind: .orphan, task: nil, words: "\(path) is left of a server that is dead"))
        }
        let published = Set(records.versions.filter { $0.sha256 != nil }.map { "\($0.name)/\($0.version)" })
        for name in Self.names(folder + "/models") where !name.hasPrefix(".") {
            for version in Self.names("\(folder)/models/\(name)") where !published.contains("\(name)/\(version)") {
                findings.append(
                    Finding(kind: .orphan, task: nil, words: "models/\(name)/\(version) is no published version"))
            }
        }
        return findings
    }

    /// What lies among the uploads and the staged versions of servers that do not live, or of living ones at rest.
    static func abandoned(_ folder: String, servers: Set<String>) -> [String] {
        ["/tasks/.incoming", "/models/.staging"].flatMap { parent in
            names(folder + parent).filter { name in
                !servers.contains(name.lowercased()) || !names("\(folder)\(parent)/\(name)").isEmpty
            }.map { "\(parent)/\($0)" }
        }
    }

    /// Folders that the janitor set aside.
    var setAside: Int { Self.names(folder + "/tasks/.orphans").count }

    static func names(_ path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
    }

    private static func sha256(of data: Data) -> String {
        SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
    }
}

extension TestServer {
    /// Waits until the janitor has cleared away what dead servers left.
    func cleared(within limit: Duration = .seconds(90)) async throws {
        try? await Patience.until("the janitor has worked", within: limit) {
            guard Audit.names(folder + "/tasks/.incoming").count <= 2,
                Audit.names(folder + "/models/.staging").count <= 2
            else { return false }
            let records = try AuditRecords(try await sql(AuditRecords.query))
            let folders = Audit.names(folder + "/tasks").filter { !$0.hasPrefix(".") }
            return Audit.abandoned(folder, servers: records.servers).isEmpty
                && Set(folders) == Set(records.tasks.keys) && records.versions.allSatisfy { $0.sha256 != nil }
        }
    }
}
