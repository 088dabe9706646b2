import Foundation

/// Requests at a fixed rate while versions come and go, each checked against what it may be answered.
actor SwapLoad {
    /// How a version is asked for.
    enum Selector: CaseIterable {
        case number, alias, `default`
    }

    /// Requests that are under way at most: a machine that cannot keep up is asked less, instead of ever more at once.
    private static let most = 400

    private let server: TestServer
    /// The number that a version adds, by version.
    private var shifts: [Int: Int] = [:]
    /// Versions that may be asked for by their number.
    private var asked: [Int] = []
    /// Requests under way, by the version that they name.
    private var underWay: [Int: Int] = [:]
    /// Every version that an alias has named, in order.
    private var history: [String: [Int]] = [:]
    private var isOver = false
    private(set) var answered = 0
    private(set) var faults: [String] = []

    init(server: TestServer) {
        self.server = server
    }

    /// A version is about to become the default one: from now on it may answer.
    func willPublish(_ version: Int, shift: Int) {
        shifts[version] = shift
        willMove("default", to: version)
    }

    func published(_ version: Int) { asked.append(version) }

    /// An alias is about to name a version: from now on either may answer.
    func willMove(_ alias: String, to version: Int) { history[alias, default: []].append(version) }

    /// From now on nobody asks for the version by its number.
    ///
    /// - Returns: Whether none of those who did still waits.
    func withdraw(_ version: Int) -> Bool {
        asked.removeAll { $0 == version }
        return underWay[version, default: 0] == 0
    }

    func end() { isOver = true }

    /// Asks again and again until the end, `rate` times a second where the machine keeps up.
    nonisolated func run(rate: Int) async throws {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            var number = 0
            while await !isOver {
                if number >= Self.most { _ = try await group.next() }
                let asked = number
                group.addTask { try await self.ask(asked) }
                number += 1
                try await Task.sleep(until: start + .seconds(1) * number / rate)
            }
            try await group.waitForAll()
        }
    }

    private func ask(_ number: Int) async throws {
        let kind = Selector.allCases[number % Selector.allCases.count]
        let alias = kind == .default ? "default" : "stable"
        let version = asked[number / 3 % asked.count]
        let begin = (history[alias]?.count ?? 1) - 1
        if kind == .number { underWay[version, default: 0] += 1 }
        let selector: String? =
            switch kind {
            case .number: "\(version)"
            case .alias: "stable"
            case .default: nil
            }
        let answer = try await ShiftModels.infer("swap", version: selector, value: number, on: server)
        if kind == .number { underWay[version, default: 0] -= 1 }
        let allowed = kind == .number ? [version] : Array(history[alias, default: []][max(0, begin - 1)...])
        note(answer, number: number, allowed: allowed, asked: selector ?? "default")
    }

    private func note(_ answer: HTTPAnswer, number: Int, allowed: [Int], asked: String) {
        answered += 1
        guard answer.status == 200, let found = try? answer.decoded(ShiftModels.Answer.self),
            let version = Int(found.version), let shift = shifts[version]
        else {
            faults.append("request \(number) for \(asked): \(answer.status) \(answer.text)")
            return
        }
        let sum = Double(number + shift)
        if !allowed.contains(version) {
            faults.append("request \(number) for \(asked) was answered by version \(version), not one of \(allowed)")
        }
        if found.outputs.first?.data != [sum, sum] {
            faults.append("request \(number): version \(version) gave \(found.outputs), not \(sum)")
        }
    }
}
