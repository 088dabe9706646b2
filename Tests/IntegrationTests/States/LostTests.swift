import Foundation
import SlipwayAPI
import Testing

@Suite("What no witness knows")
struct LostTests {
    /// As long as the file `hidden` is in the folder of the tools, squeue and sacct answer and know of no job; `blind`
    /// says that one has.
    private static let hiding = """
        #!/bin/sh
        if [ -e "$TOOLS/hidden" ]; then
            : > "$TOOLS/blind"
            exit 0
        fi
        PATH='$REAL' exec "${0##*/}" "$@"
        """

    @Test("A job that no witness knows is lost with what was asked, and heals when a witness returns")
    func lostAndFound() async throws {
        let settings = ServerSettings(
            accountingLag: 1, tools: ["squeue": Self.hiding, "sacct": Self.hiding], clusterLines: ["lost_after: 5"])
        try await withTestServer(settings) { server in
            let task = try await server.submit(TaskConfig(), .gated)
            try await task.until("running")
            try server.touchTool("hidden")
            let lost = try await task.until("lost")
            #expect(lost.message?.hasPrefix("squeue and sacct answered ") == true)
            #expect(lost.message?.contains("did not know job \(try #require(lost.jobID))") == true)
            try FileManager.default.removeItem(atPath: server.toolsFolder + "/hidden")
            try await Patience.until("the task runs again") { try await task.now().state == "running" }
            try task.openGate()
            try await Patience.until("the task succeeds") { try await task.now().state == "succeeded" }
            #expect(try await task.attempts().count == 1)
            let witnesses = try await task.events().map { "\($0.state) \($0.witness)" }
            #expect(witnesses.contains("lost slipway"))
            #expect(witnesses.filter { $0.hasPrefix("running") }.count == 2)
        }
    }

    /// squeue and sacct do not show jobs in folders that the file `hidden` in the folder of the tools names.
    private static let forgetting = """
        #!/bin/sh
        PATH='$REAL' "${0##*/}" "$@" | grep -a -v -F -f "$TOOLS/hidden"
        exit 0
        """

    @Test("A lost job is found by its exit file, though other jobs are looked at all the while")
    func foundByExitFile() async throws {
        let settings = ServerSettings(
            accountingLag: 1, tools: ["squeue": Self.forgetting, "sacct": Self.forgetting],
            clusterLines: ["lost_after: 5"])
        try await withTestServer(settings) { server in
            let hidden = server.toolsFolder + "/hidden"
            try "nothing\n".write(toFile: hidden, atomically: true, encoding: .utf8)
            let other = try await server.submit(TaskConfig(), .gated)
            let task = try await server.submit(TaskConfig(), .gated)
            try await other.until("running")
            try await task.until("running")
            try "\(task.id)\n".write(toFile: hidden, atomically: true, encoding: .utf8)
            try await task.until("lost")
            try task.openGate()
            try await Patience.until("the task succeeds") { try await task.now().state == "succeeded" }
            try other.openGate()
            try await other.until("succeeded")
        }
    }

    @Test("A job that ends while both witnesses are blind is known by its exit file")
    func exitFile() async throws {
        let settings = ServerSettings(
            tools: ["squeue": Self.hiding, "sacct": Self.hiding], clusterLines: ["lost_after: 600"])
        try await withTestServer(settings) { server in
            let task = try await server.submit(TaskConfig(), .gated)
            try await task.until("running")
            try server.touchTool("hidden")
            // A look that began before would see the end.
            try await Patience.until("a look finds nothing") { server.hasTool("blind") }
            try task.openGate()
            try await task.until("succeeded")
            let last = try #require(try await task.events().first { $0.state == "collecting" })
            #expect(last.witness == "exit_file")
            #expect(last.raw == "exit code 0")
        }
    }
}
