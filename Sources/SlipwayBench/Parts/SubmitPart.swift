import Foundation

/// Tasks submitted a second, from the request to Slurm's job id, beside a bare loop of `sbatch` with the same script.
///
/// The jobs wait for more time than the partition gives: none of them runs.
struct SubmitPart: BenchPart {
    private struct Preview: Decodable {
        let script: String
    }

    func measure(_ bench: Bench) async throws -> [Figure] {
        let count = bench.bound(200, quick: 40)
        let sample = Sample(
            workplace: bench.workplace, experiment: "bench_submit_\(getpid())", isWaitingForever: true)
        do {
            let figures = try await ServerUnderTest.with(bench, folder: "submit") { server in
                let bare = try await Self.bareLoops(server, sample, count: count)
                return [try await Self.throughSlipway(server, sample, count: count)] + bare
            }
            await sample.cancelJobs()
            return figures
        } catch {
            await sample.cancelJobs()
            throw error
        }
    }

    private static func throughSlipway(_ server: ServerUnderTest, _ sample: Sample, count: Int) async throws -> Figure {
        let request = try sample.request().bytes(token: server.token)
        let start = ContinuousClock.now
        _ = try await Load(requests: [request], connections: 8, bound: .requests(count)).run(port: server.port)
        try await server.waitForTasks(count, in: ["pending", "running"], seconds: 120, every: .milliseconds(10))
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return Figure(
            "tasks submitted, request to job id", Double(count) / seconds, "/s",
            "\(count) tasks, 8 clients, 4 sbatch at a time")
    }

    private static func bareLoops(_ server: ServerUnderTest, _ sample: Sample, count: Int) async throws -> [Figure] {
        let folder = server.configuration.folder
        let script = folder + "/bare.sbatch"
        let preview = try await server.ask(try sample.request("/api/v1/tasks?dry_run=true"), for: Preview.self)
        try preview.script.write(toFile: script, atomically: true, encoding: .utf8)
        let loop = """
            for ((i = 0; i < $1; i++)); do
                sbatch --parsable --export=ALL --job-name="$2" --chdir="$3" -- "$4" >/dev/null || exit 1
            done
            """
        let four = """
            seq "$1" | xargs -P 4 -I{} sbatch --parsable --export=ALL --job-name="$2" --chdir="$3" -- "$4" >/dev/null
            """
        var figures: [Figure] = []
        for (what, text, bound) in [
            ("floor: a bare loop of sbatch", loop, "one after another"),
            ("floor: 4 sbatch at a time", four, "xargs -P 4"),
        ] {
            let start = ContinuousClock.now
            try await Command.run("bash", ["-c", text, "bare", String(count), sample.experiment, folder, script])
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            figures.append(Figure(what, Double(count) / seconds, "/s", "\(count) jobs, \(bound)"))
        }
        return figures
    }
}
