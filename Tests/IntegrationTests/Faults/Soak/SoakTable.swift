import SlipwayServices

/// For each point: how often a server was killed there, over how many tasks, and what went wrong with those.
struct SoakTable {
    let ledger: SoakLedger
    let seconds: Double

    var isClean: Bool { ledger.findings.isEmpty }

    var text: String {
        let kills = Dictionary(grouping: ledger.kills, by: \.name)
        var rows = [["killed at", "kills", "tasks", "lost", "doubled", "orphans", "wrong end"]]
        for name in SoakPlan.points.map(\.rawValue) + [SoakPlan.Death.anyMoment] {
            let own = kills[name] ?? []
            let tasks = own.reduce(into: Set<String>()) { $0.formUnion($1.tasks) }
            let findings = ledger.findings.filter { $0.task.map(tasks.contains) == true }
            rows.append([name, "\(own.count)", "\(tasks.count)"] + Self.counts(findings))
        }
        rows.append(["all", "\(ledger.kills.count)", "\(ledger.promised.count)"] + Self.counts(ledger.findings))
        let table = rows.map { row in
            row.enumerated().map { column, text in
                let blanks = String(repeating: " ", count: max(0, (column == 0 ? 20 : 10) - text.count))
                return column == 0 ? text + blanks : blanks + text
            }.joined()
        }
        let ends = Dictionary(grouping: ledger.promised.values, by: \.state).mapValues(\.count)
            .sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return
            (table + ["", "A task counts at every kill that it lived through."] + [
                "\(ledger.jobs) Slurm jobs; tasks: \(ends); \(ledger.told) ends told to the receiver.",
                "\(ledger.setAside) folders of uploads without a row were set aside; \(Int(seconds)) s in all.",
            ] + ledger.findings.map(\.description)).joined(separator: "\n") + "\n"
    }

    private static func counts(_ findings: [Finding]) -> [String] {
        Finding.Kind.allCases.map { kind in "\(findings.count { $0.kind == kind })" }
    }
}
