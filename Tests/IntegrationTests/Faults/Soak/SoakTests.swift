import Foundation
import SlipwayServices
import Testing

/// `make soak`: servers under load are killed some hundred times. What each kill did is in the table.
@Suite("Soak", .enabled(if: ProcessInfo.processInfo.environment["SLIPWAY_SOAK"] != nil))
struct SoakTests {
    @Test("However often servers are killed, nothing is lost, doubled, left lying or wrong")
    func soak() async throws {
        let environment = ProcessInfo.processInfo.environment
        let plan = SoakPlan(
            kills: environment["SOAK_KILLS"].flatMap { Int($0) } ?? 500,
            within: .seconds(environment["SOAK_SECONDS"].flatMap { Int($0) } ?? 1800))
        let roots = environment["SOAK_ROOTS"].flatMap { Int($0) } ?? 3
        let ledger = SoakLedger()
        let start = ContinuousClock.now
        await withTaskGroup { group in
            for _ in 0..<roots {
                group.addTask {
                    do {
                        try await Self.run(plan, ledger)
                    } catch {
                        // The table says what came of the others.
                        Issue.record(error)
                    }
                }
            }
        }
        let table = SoakTable(ledger: ledger, seconds: (ContinuousClock.now - start) / .seconds(1))
        print(table.text)
        let file = try TestEnvironment.current().state + "/log/soak.txt"
        try table.text.write(toFile: file, atomically: true, encoding: .utf8)
        #expect(table.isClean)
        #expect(ledger.kills.count >= plan.kills, "the time was up after \(ledger.kills.count) kills")
    }

    private static func run(_ plan: SoakPlan, _ ledger: SoakLedger) async throws {
        try await WebhookReceiver.answering([200]) { receiver in
            try await withTestServer(SoakRoot.settings(receiver)) { owner in
                try await SoakRoot(owner: owner, receiver: receiver, plan: plan, ledger: ledger).run()
            }
        }
    }
}
