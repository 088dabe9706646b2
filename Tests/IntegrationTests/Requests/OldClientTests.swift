import Foundation
import SlipwayAPI
import Testing

@Suite("ml-task-manager's clients", .sharedServer(ServerSettings(tools: ["sbatch": Tools.holding])))
struct OldClientTests {
    @Test("The list is an array with the old fields, with and without a slash at its end")
    func list() async throws {
        let server = try TestServer.shared()
        let task = try await server.submit(TaskConfig(experiment: "waiting in the list"))
        for path in ["/tasks", "/tasks/"] {
            let answer = try await server.get(path)
            let tasks: [[String: JSONValue]] = try answer.decoded()
            let one = try #require(tasks.first { $0["id"] == .string(task.id) })
            #expect(one["instance_type"] == .string("cpu"))
            #expect(one["image_name"] == .string("sklearn_sample_latest"))
            #expect(one["account"] == .string("twinscie"))
            #expect(one["runner_location"] == .string(server.environment.cluster))
            #expect(one["script_path"] == .string("path/to/train.py"))
            #expect(one["dataset_name"] == .string("wine_classification"))
            #expect(one["experiment_name"] == .string("waiting in the list"))
            #expect(one["project_path"] == .null)
            #expect(one.keys.contains("job_id"))
        }
    }

    @Test("A job's status is a word of Slurm's and a sentence, from waiting to its end")
    func succeeding() async throws {
        let server = try TestServer.shared()
        let task = try await server.submit(TaskConfig(experiment: "waiting for its sentence"), .gated)
        let job = try #require(try await task.until("pending").jobID)
        #expect(try await server.sentence(job).hasPrefix("PENDING: The job is waiting for resource allocation"))
        _ = try await Slurm.run("scontrol", "release", "\(job)")
        try await task.until("running")
        #expect(try await server.sentence(job) == "RUNNING: The job is currently running.")
        try task.openGate()
        try await task.until("succeeded")
        #expect(try await server.sentence(job) == "COMPLETED: The job has completed successfully.")
    }

    @Test("A job that failed says how, one that was cancelled that it was")
    func ends() async throws {
        let server = try TestServer.shared()
        let failing = try await server.submit(TaskConfig(), .failing)
        let cancelled = try await server.submit(TaskConfig(), .gated)
        try await cancelled.until("running")
        try await cancelled.cancel()
        let first = try #require(try await failing.until("failed").jobID)
        let second = try #require(try await cancelled.until("cancelled").jobID)
        #expect(try await server.sentence(first) == "FAILED: The job has ended with exit code 1.")
        #expect(try await server.sentence(second) == "CANCELLED: The job was cancelled.")
    }

    @Test("The run that the script names is the job's run_id")
    func runID() async throws {
        let server = try TestServer.shared()
        let script = TrainingScript(
            text: """
                with open("run_mlflow_config.txt", "w") as file:
                    file.write("run_id: 0123abcd\\n")
                """)
        let task = try await server.submit(TaskConfig(), script)
        let job = try #require(try await task.until("succeeded").jobID)
        let answer = try await server.get("/job_status/\(job)").object()
        #expect(answer["run_id"] == .string("0123abcd"))
        #expect(Set(answer.keys) == ["job_status", "run_id"])
    }

    @Test(
        "A job or task that is not there is told in words",
        arguments: ["/job_status/999999999", "/job_status/abc", "/task/0123456789", "/task/nope"])
    func unknown(path: String) async throws {
        let server = try TestServer.shared()
        let answer = try await server.get(path)
        let problem: ProblemAnswer = try answer.decoded(status: answer.status)
        #expect([400, 404].contains(answer.status))
        #expect(!problem.detail.isEmpty)
    }
}

extension TestServer {
    fileprivate func sentence(_ job: Int64) async throws -> String {
        guard case .string(let text)? = try await get("/job_status/\(job)").object()["job_status"] else {
            throw TestFailure("no job_status for \(job)")
        }
        return text
    }
}
