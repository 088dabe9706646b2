import SlipwayAPI
import Testing

@Suite("A witness is away while an attempt may or may not be a job")
struct WitnessOutageTests {
    /// Calls of the other commands that show that the server goes on asking.
    private static let patience = 3

    @Test(
        "Nothing is submitted again before squeue and sacct have both answered; then it goes on",
        arguments: ["sacct", "squeue"])
    func away(witness: String) async throws {
        let tools = ["sbatch": TaskKind.sbatch, witness: Self.failing(witness)]
        try await withTestServer(ServerSettings(accountingLag: 1, commandTimeout: 3, tools: tools)) { server in
            try server.touchTool("away")
            let refused = try await server.submit(TaskConfig(experiment: "refused"))
            let unclear = try await server.submit(TaskConfig(experiment: "unclear"))
            try await Patience.until("sbatch was called for both") { try await server.calls(of: "sbatch") == 2 }
            for task in [refused, unclear] {
                _ = try await task.follow { $0.witness == "sbatch" }
            }
            let before = try await server.calls(of: witness)
            try await Patience.until("\(witness) was asked in vain", within: .seconds(120)) {
                try await server.calls(of: witness) >= before + Self.patience
            }
            #expect(try await refused.now().state == "submitting")
            #expect(try await refused.now().jobID == nil)
            #expect(try await server.calls(of: "sbatch") == 2)
            switch witness {
            case "sacct": try await unclear.until("succeeded")
            case _: #expect(try await unclear.now().state == "submitting")
            }
            try server.removeTool("away")
            for task in [refused, unclear] { try await task.until("succeeded") }
            #expect(try await server.calls(of: "sbatch") == 3)
            try await refused.expectOneJob(forAttempts: 1)
            try await unclear.expectOneJob(forAttempts: 1)
        }
    }

    private static func failing(_ program: String) -> String {
        """
        #!/bin/sh
        if [ -e "$TOOLS/away" ]; then
            echo '\(program): error: Unable to contact slurm controller (connect failure)' >&2
            exit 1
        fi
        PATH='$REAL' exec \(program) "$@"
        """
    }
}
