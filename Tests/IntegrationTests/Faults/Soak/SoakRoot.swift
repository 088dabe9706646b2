import Foundation
import SlipwayServices
import Synchronization

/// A data root with its database, which several servers share that are killed again and again under load.
final class SoakRoot: Sendable {
    /// Owns the data root and its PostgreSQL, which outlives every server.
    private let owner: TestServer
    let servers: [TestServer]
    private let receiver: WebhookReceiver
    private let plan: SoakPlan
    private let ledger: SoakLedger
    private let state: Mutex<State>

    private struct State {
        /// Nil while a server does not run.
        var deaths: [SoakPlan.Death?]
        var isOver = false
        var promised: [String: ExpectedEnd] = [:]
    }

    static let servers = 2
    private static let clients = 6
    /// Seconds within which a server passes its point, or is killed at a random one.
    private static let patience = 45.0

    static func settings(_ receiver: WebhookReceiver) -> ServerSettings {
        ServerSettings(
            accountingLag: 2, commandTimeout: 4,
            tools: ["sbatch": TaskKind.sbatch], lines: receiver.settings.lines + ["leftover_age: 30"])
    }

    init(owner: TestServer, receiver: WebhookReceiver, plan: SoakPlan, ledger: SoakLedger) {
        self.owner = owner
        self.receiver = receiver
        self.plan = plan
        self.ledger = ledger
        servers = (1...Self.servers).map { owner.companion(Self.settings(receiver), name: "server-\($0)") }
        state = Mutex(State(deaths: servers.map { _ in nil }))
    }

    var isOver: Bool { state.withLock { $0.isOver } }

    /// The servers that are up now, those that wait for a client's request to die first.
    func server(for kind: TaskKind? = nil) -> TestServer? {
        state.withLock { state in
            let up = servers.indices.filter { state.deaths[$0] != nil }
            let wanting = up.filter { index in
                guard let kind, case .point(let point)? = state.deaths[index] else { return false }
                return FaultPlay(point).kind == kind
            }
            return (wanting.randomElement() ?? up.randomElement()).map { servers[$0] }
        }
    }

    /// A kind of task that takes a server to its point, or any.
    func kind() -> TaskKind {
        let wanted = state.withLock { state in
            state.deaths.compactMap { death in
                guard case .point(let point)? = death else { return nil as TaskKind? }
                return FaultPlay(point).kind
            }
        }
        return Bool.random() ? wanted.randomElement() ?? .quick : TaskKind.allCases.randomElement() ?? .quick
    }

    var webhook: String { receiver.url }

    func promise(_ end: ExpectedEnd, for task: String) {
        state.withLock { $0.promised[task] = end }
        ledger.promise(end, for: task)
    }

    func run() async throws {
        // A killed server leaves its PostgreSQL to the others.
        try await owner.kill()
        for server in servers {
            try await Blocking.run { [path = server.environment.path] in
                try Tools.write(["sbatch": TaskKind.sbatch], to: server.toolsFolder, path: path)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<Self.clients {
                group.addTask { try await SoakClient(root: self, number: number).run() }
            }
            try await withThrowingTaskGroup(of: Void.self) { deaths in
                for index in servers.indices { deaths.addTask { try await self.killAgainAndAgain(index) } }
                try await deaths.waitForAll()
            }
            state.withLock { $0.isOver = true }
            for index in servers.indices {
                try await servers[index].start()
                state.withLock { $0.deaths[index] = .moment(.infinity) }
            }
            try await group.waitForAll()
        }
        try await settle()
        for server in servers { try await server.stop() }
    }

    private func killAgainAndAgain(_ index: Int) async throws {
        let server = servers[index]
        while let death = plan.next() {
            state.withLock { $0.deaths[index] = death }
            var name = death.name
            switch death {
            case .point(let point):
                // It may die before it listens.
                try? await server.start(fault: point.rawValue)
                let code = try? await server.died(within: Self.patience)
                if code == nil {
                    try await server.kill()
                    name = SoakPlan.Death.anyMoment
                    plan.giveBack(death)
                } else if code != -Int(SIGKILL) {
                    throw TestFailure("a server ended with \(code ?? 0) instead of being killed:\n\(server.log)")
                }
            case .moment(let seconds):
                try await server.start()
                if let code = try? await server.died(within: seconds) {
                    throw TestFailure("a server ended by itself with \(code):\n\(server.log)")
                }
                try await server.kill()
            }
            state.withLock { $0.deaths[index] = nil }
            let open = try await owner.sql("SELECT id FROM tasks WHERE finished_at IS NULL")
            ledger.killed(name, with: Set(open.split(separator: "\n").map(String.init)))
        }
    }

    /// Waits until nothing moves any more, and looks at what is there.
    private func settle() async throws {
        let told = "SELECT count(*) FROM webhook_deliveries WHERE delivered_at IS NULL"
        try? await Patience.until("all ends are told", within: .seconds(180)) { try await owner.sql(told) == "0" }
        _ = try await Audit(of: owner)
        try await owner.cleared()
        let audit = try await Audit(of: owner)
        var findings = try audit.findings(promised: state.withLock { $0.promised })
        let untold = try await owner.sql("SELECT task_id FROM webhook_deliveries WHERE delivered_at IS NULL")
        for task in untold.split(separator: "\n") {
            findings.append(Finding(kind: .wrongEnd, task: String(task), words: "its end was not told"))
        }
        let ends = Set(receiver.deliveries.map(\.id)).count
        let rows = Int(try await owner.sql("SELECT count(*) FROM webhook_deliveries")) ?? 0
        if ends != rows {
            findings.append(Finding(kind: .wrongEnd, task: nil, words: "\(rows) ends, the receiver knows \(ends)"))
        }
        // Tasks without a promise: a client's request was carried out, and its repetition made another one.
        for id in Set(audit.records.tasks.keys).subtracting(state.withLock { $0.promised.keys }).sorted() {
            findings.append(Finding(kind: .doubled, task: id, words: "no client knows this task"))
        }
        ledger.found(findings, in: audit, told: ends)
    }
}
