import Foundation
import SlipwayAPI
import Testing

@Suite("A cluster without accounting")
struct NoAccountingTests {
    /// What sacct says where `AccountingStorageType=accounting_storage/none`.
    private static let disabled = """
        #!/bin/sh
        echo 'Slurm accounting storage is disabled' >&2
        exit 1
        """

    private static let complaining = """
        #!/bin/sh
        PATH='$REAL' sbatch "$@" >/dev/null
        echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2
        exit 1
        """

    @Test("Tasks succeed, fail with their reason, and are cancelled, by squeue, scontrol and the exit file")
    func endings() async throws {
        try await withTestServer(ServerSettings(tools: ["sacct": Self.disabled])) { server in
            let good = try await server.submit()
            let bad = try await server.submit(TaskConfig(), .failing)
            let unwanted = try await server.submit(TaskConfig(), .gated)
            try await unwanted.until("running")
            _ = try await unwanted.cancel()
            try await good.until("succeeded")
            #expect(
                try await bad.until("failed").message
                    == "The script ended with exit code 1: ValueError: the wine is sour")
            try await unwanted.until("cancelled")
            let answer = try await server.get("/readyz")
            #expect(answer.status == 200)
            #expect(!answer.text.contains("accounting of"))
        }
    }

    @Test("An sbatch without a clear answer makes one job, found in the queue alone")
    func search() async throws {
        let settings = ServerSettings(
            accountingLag: 1, commandTimeout: 3,
            tools: ["sacct": Self.disabled, "sbatch": Self.complaining])
        try await withTestServer(settings) { server in
            let task = try await server.submit()
            try await task.until("succeeded")
            #expect(try await task.attempts().count == 1)
            let jobs = try await Patience.value("accounting, which the server does not see, knows of a job") {
                let jobs = try await Slurm.accounting(under: server.folder)
                return jobs.isEmpty ? nil : jobs
            }
            #expect(jobs.count == 1)
        }
    }
}
