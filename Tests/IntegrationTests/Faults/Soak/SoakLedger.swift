import Synchronization

/// What was done, and what was promised.
final class SoakLedger: Sendable {
    struct Kill: Sendable {
        var name: String
        /// Tasks that had not ended.
        var tasks: Set<String>
    }

    private struct State {
        var kills: [Kill] = []
        var promised: [String: ExpectedEnd] = [:]
        var findings: [Finding] = []
        var setAside = 0
        var jobs = 0
        var told = 0
    }

    private let state = Mutex(State())

    var kills: [Kill] { state.withLock { $0.kills } }
    var promised: [String: ExpectedEnd] { state.withLock { $0.promised } }
    var findings: [Finding] { state.withLock { $0.findings } }
    var setAside: Int { state.withLock { $0.setAside } }
    var jobs: Int { state.withLock { $0.jobs } }
    var told: Int { state.withLock { $0.told } }

    func killed(_ name: String, with tasks: Set<String>) {
        let count = state.withLock { state in
            state.kills.append(Kill(name: name, tasks: tasks))
            return state.kills.count
        }
        if count % 25 == 0 { print("\(count) servers were killed, \(promised.count) tasks were accepted") }
    }

    func promise(_ end: ExpectedEnd, for task: String) {
        state.withLock { $0.promised[task] = end }
    }

    func found(_ findings: [Finding], in audit: Audit, told: Int) {
        state.withLock { state in
            state.findings += findings
            state.setAside += audit.setAside
            state.jobs += audit.jobs.values.reduce(0) { $0 + $1.count }
            state.told += told
        }
    }
}
