import Foundation
import SlipwayAPI
import Testing

@Suite("How tasks end")
struct EndingTests {
    @Test("A task with no model ends succeeded and says so")
    func barren() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(), .barren).until("succeeded")
            #expect(task.model == nil)
            #expect(task.message == "The script left no model in its output folder.")
            #expect(try await server.get("/api/v1/models/trial").status == 404)
        }
    }

    @Test("A script that fails ends its task failed, with the exit code and its last words")
    func failing() async throws {
        try await withTestServer { server in
            let submitted = try await server.submit(TaskConfig(), .failing)
            let task = try await submitted.until("failed")
            #expect(task.reason == "exit_code")
            #expect(task.exitCode == 1)
            #expect(task.message == "The script ended with exit code 1: ValueError: the wine is sour")
            let status = try await server.get("/job_status/\(try #require(task.jobID))").object()
            #expect(status["job_status"] == .string("FAILED: The job has ended with exit code 1."))
            #expect(try await submitted.log().contains("Traceback (most recent call last)"))
        }
    }

    @Test("A job at its time limit ends its task failed by timeout")
    func timeout() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(resources: ["time": .integer(1)]), .gated)
            let ended = try await task.until("failed", within: .seconds(200))
            #expect(ended.reason == "timeout")
            #expect(ended.message == "The job reached its time limit of 1 minute.")
            #expect(ended.resources.timeLimitMinutes == 1)
        }
    }

    @Test("A job that takes more memory than it asked for ends its task failed, out of memory")
    func outOfMemory() async throws {
        try await withTestServer { server in
            let config = TaskConfig(resources: ["memory": .string("300M")])
            let task = try await server.submit(config, .greedy).until("failed")
            #expect(task.reason == "out_of_memory")
            #expect(task.message?.hasPrefix("The job ran out of memory") == true)
        }
    }

    @Test("An image that is none ends its task failed by the image")
    func brokenImage() async throws {
        try await withTestServer(ServerSettings(hasOwnImages: true)) { server in
            try Self.makeImage("broken", of: server)
            let task = try await server.submit(TaskConfig(image: "broken")).until("failed")
            #expect(task.reason == "image")
            #expect(task.message?.hasPrefix("The image is missing or does not start") == true)
        }
    }

    @Test("An image that is removed while its task waits ends the task failed by the image")
    func removedImage() async throws {
        try await withTestServer(ServerSettings(tools: ["sbatch": Tools.gated], hasOwnImages: true)) { server in
            try Self.makeImage("short-lived", of: server)
            let task = try await server.submit(TaskConfig(image: "short-lived.sif"))
            try FileManager.default.removeItem(atPath: server.folder + "/images/short-lived.sif")
            try server.touchTool("gate")
            let ended = try await task.until("failed")
            #expect(ended.reason == "image")
            #expect(try await task.log().contains("short-lived.sif cannot be read on node"))
        }
    }

    @Test("A job that Slurm refuses ends its task failed, in Slurm's words")
    func rejected() async throws {
        try await withTestServer { server in
            let task = try await server.submit(TaskConfig(account: "other")).until("failed")
            #expect(task.reason == "rejected")
            #expect(task.message?.contains("Invalid account or account/partition combination specified") == true)
            #expect(task.jobID == nil)
            #expect(try await Slurm.queue(under: server.folder).isEmpty)
        }
    }

    private static func makeImage(_ name: String, of server: TestServer) throws {
        try FileManager.default.createDirectory(atPath: server.folder + "/images", withIntermediateDirectories: true)
        try "no image\n".write(toFile: "\(server.folder)/images/\(name).sif", atomically: true, encoding: .utf8)
    }
}
