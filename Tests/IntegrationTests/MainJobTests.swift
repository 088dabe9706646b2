import Crypto
import Foundation
import SlipwayAPI
import Testing

@Suite("The main job, end to end")
struct MainJobTests {
    @Test("The wine task is trained in its image, published, and predicts what scikit-learn says")
    func wine() async throws {
        try await withTestServer { server in
            let posted = try await server.post("/new_task", form: Wine.form())
            let fields = try posted.object(status: 201)
            guard case .string(let id)? = fields["id"] else { throw TestFailure("no id in \(posted.text)") }
            #expect(posted.headers["location"] == "/task/\(id)")
            #expect(fields["instance_type"] == .string("cpu"))
            #expect(fields["image_name"] == .string("sklearn_sample_latest"))
            #expect(fields["account"] == .string("twinscie"))
            #expect(fields["runner_location"] == .string(server.environment.cluster))
            #expect(fields["script_path"] == .string("path/to/train.py"))
            #expect(fields["dataset_name"] == .string("wine_classification"))
            #expect(fields["experiment_name"] == .string("wine"))

            let task = TestTask(server: server, id: id, owner: .ada)
            let ended = try await task.until("succeeded")
            let jobID = try #require(ended.jobID)
            let log = try await task.log()
            let accuracy = try #require(log.firstMatch(of: /accuracy: (\d\.\d+)/).flatMap { Double($0.output.1) })
            #expect(accuracy > 0.9)

            let model = try #require(ended.model)
            #expect(model.name == "wine")
            #expect(model.version == 1)
            let archive = try await server.get("/api/v1/models/wine/versions/1/archive")
            #expect(archive.status == 200)
            #expect(SHA256.hash(data: archive.body).map { String(format: "%02x", $0) }.joined() == model.sha256)
            #expect(Int64(archive.body.count) == model.bytes)
            let version: ModelVersionAnswer = try await server.get("/api/v1/models/wine/versions/default").decoded()
            #expect(version.format == "onnx")
            #expect(version.signature?.inputs.map(\.shape) == [[-1, 13]])
            #expect(version.task == id)
            #expect(try await Wine.prediction(of: "wine", by: server) == 0)

            let one = try await server.get("/task/\(id)").object()
            #expect(one["state"] == .string("succeeded"))
            #expect(one["job_id"] == .integer(jobID))
            let status = try await server.get("/job_status/\(jobID)").object()
            #expect(status["job_status"] == .string("COMPLETED: The job has completed successfully."))
            #expect(status["run_id"] == .null)
            let all: [TaskAnswer] = try await server.get("/tasks/").decoded()
            #expect(all.map(\.id) == [id])
            let files: TaskFilesAnswer = try await server.get("/api/v1/tasks/\(id)/files").decoded()
            let paths = Set(files.files.map(\.path))
            #expect(
                paths.isSuperset(of: [
                    "config.json", "files/train.py", "attempts/1/output/model.onnx", "job_\(jobID).txt",
                ]))
        }
    }

    @Test("A task for the GPU partition is a job there, with the device, the account, the name, and --nv in its script")
    func gpu() async throws {
        try await withTestServer { server in
            let config = TaskConfig(experiment: "wine on a gpu", partition: "gpu")
            let task = try await server.submit(config, .gated)
            let running = try await task.until("running")
            let jobID = try #require(running.jobID)
            let details = try await Slurm.details(of: jobID)
            #expect(details["Partition"] == "gpu")
            #expect(details["Account"] == "twinscie")
            #expect(details["TresPerNode"]?.hasSuffix("gpu:1") == true)
            let queued = try await Slurm.queue(under: server.folder)
            #expect(queued.map(\.id) == [jobID])
            #expect(queued.map(\.name) == ["wine on a gpu"])
            #expect(queued.map(\.state) == ["RUNNING"])
            let script = try await server.get("\(task.path)/script").text
            #expect(script.contains("\noptions+=(--nv)\n"))
            #expect(script.contains("#SBATCH --gres=gpu:1\n"))
            try task.openGate()
            try await task.until("succeeded")
            let job = try await Patience.value("accounting knows the job's end") {
                try await Slurm.accounting(under: server.folder).first { $0.state == "COMPLETED" }
            }
            #expect(job.partition == "gpu")
            #expect(job.account == "twinscie")
            #expect(job.name == "wine on a gpu")
            #expect(job.resources.contains("gres/gpu=1"))
        }
    }

    @Test(
        "A name and parameters full of quotes, substitutions and emoji arrive in Slurm and in the script unchanged",
        arguments: [
            #"it's "quoted" $(touch pwned) `id` \ ${HOME} %j 🍷 ünï #SBATCH --hold"#,
            #"'; rm -rf / #"#,
            #"-J --wrap=id"#,
            #"hetjob \" \' ' " packjob"#,
        ])
    func hostileText(text: String) async throws {
        try await withTestServer { server in
            let params: [String: JSONValue] = [
                "text": .string(text + "\n\u{7}" + text),
                text: .array([.integer(1), .number(0.5), .null, .bool(true)]),
            ]
            let config = TaskConfig(
                experiment: text, modelName: "hostile", params: params,
                further: ["model_tracking": .bool(true), "tracking_uri": .string("http://127.0.0.1:9/" + text)])
            let task = try await server.submit(config, .telling)
            let ended = try await task.until("succeeded")
            #expect(ended.experiment == text)
            let jobs = try await Slurm.queue(under: server.folder)
            #expect(jobs.map(\.name) == [text])
            let output = "\(task.path)/files/attempts/1/output"
            let told: JSONValue = try await server.get("\(output)/params.json").decoded()
            #expect(told == .object(params))
            let environment: [String: String] = try await server.get("\(output)/environment.json").decoded()
            #expect(environment["SLIPWAY_TASK_ID"] == task.id)
            #expect(environment["MLFLOW_EXPERIMENT_NAME"] == "\(text)_\(task.id)")
            #expect(environment["MLFLOW_TRACKING_URI"] == "http://127.0.0.1:9/" + text)
            let files: TaskFilesAnswer = try await server.get("\(task.path)/files").decoded()
            #expect(!files.files.contains { $0.path.hasSuffix("pwned") })
        }
    }
}
