import SlipwayAPI
import Testing

@Suite("The controller is started anew while sbatch waits for its answer", .serialized)
struct ControllerRestartTests {
    @Test("The job that it took is found, and no second one is submitted")
    func restarted() async throws {
        let settings = ServerSettings(commandTimeout: 240, tools: ["sbatch": Self.sbatch])
        try await withTestServer(settings, use: .exclusive) { server in
            let task = try await server.submit()
            try await Patience.until("sbatch has submitted") { server.hasTool("submitted") }
            let script = server.environment.repository + "/slurm/dev/slurmctld.sh"
            for verb in ["stop", "start"] {
                _ = try await Command(program: script, arguments: [verb]).succeed(within: .seconds(90))
            }
            try server.touchTool("gate")
            try await task.until("succeeded", within: .seconds(180))
            let events = try await task.events()
            if let said = events.first(where: { $0.witness == "sbatch" }) {
                #expect(said.raw?.contains("Zero Bytes were transmitted") == true)
            } else {
                // squeue, which answers again, showed the job before sbatch's answer was on record.
                let first = events.first { ["pending", "running", "collecting"].contains($0.state) }
                #expect(["squeue", "sacct"].contains(first?.witness))
            }
            #expect(try await server.calls(of: "sbatch") == 1)
            try await task.expectOneJob(forAttempts: 1)
        }
    }

    /// Submits, and loses the answer when the test opens the gate.
    private static let sbatch = """
        #!/bin/sh
        PATH='$REAL' sbatch "$@" >/dev/null
        : > "$TOOLS/submitted"
        while [ ! -e "$TOOLS/gate" ]; do sleep 0.05; done
        echo 'sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received' >&2
        exit 1
        """
}
