import ArgumentParser
import Foundation

/// Measures a server on this machine, each figure beside a floor that is measured in the same run.
@main
struct SlipwayBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipway-bench",
        abstract: "Measure Slipway on this machine.",
        discussion: """
            Each part starts a server of its own with a folder of its own, and takes both away again. The environment \
            names the machine's parts (SLIPWAY_TEST_STATE and others): `make bench` sets it. All traffic is loopback, \
            and the load generator runs on the same processors as the server.
            """)

    @Flag(help: "Shorter runs, for coarser figures.") var quick = false
    @Option(name: .customLong("only"), help: "Measure this part alone; repeatable.") var only: [PartName] = []

    func run() async throws {
        let bench = Bench(
            workplace: try Workplace(environment: ProcessInfo.processInfo.environment), isQuick: quick)
        try bench.workplace.prepare()
        defer { bench.workplace.remove() }
        let wanted = only.isEmpty ? PartName.allCases : PartName.allCases.filter(only.contains)
        let about = MachineText.describe()
        guard let outcome = await Interruption.endsRun({ await Self.measure(wanted, bench) }) else { return }
        print(about)
        print(outcome.table.text, terminator: "")
        if !outcome.missing.isEmpty {
            print("not measured: \(outcome.missing.map(\.rawValue).joined(separator: ", "))")
            throw ExitCode.failure
        }
    }

    private static func measure(_ parts: [PartName], _ bench: Bench) async -> (table: FigureTable, missing: [PartName])
    {
        var table = FigureTable()
        var missing: [PartName] = []
        for name in parts {
            guard !Task.isCancelled else {
                missing.append(name)
                continue
            }
            bench.say("measuring \(name.rawValue)")
            do {
                let figures = try await name.part.measure(bench)
                table.add(figures, of: name.rawValue)
                for figure in figures { bench.say("  \(figure.what): \(figure.valueText) \(figure.unit)") }
            } catch {
                bench.say("\(name.rawValue) failed: \(error)")
                missing.append(name)
            }
        }
        return (table, missing)
    }
}
