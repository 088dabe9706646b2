/// Predictions a second from the wine model, which a job of the cluster has trained.
struct PredictPart: BenchPart {
    private static let connections = 32

    private struct Task: Decodable {
        let id: String
        let state: String
        let message: String?
    }

    private struct Metadata: Decodable {
        struct Tensor: Decodable {
            let name: String
        }

        let inputs: [Tensor]
    }

    func measure(_ bench: Bench) async throws -> [Figure] {
        let seconds = bench.bound(8.0, quick: 2)
        let sample = Sample(workplace: bench.workplace, experiment: "bench_predict")
        return try await ServerUnderTest.with(bench, folder: "predict") { server in
            let start = ContinuousClock.now
            var task = try await server.ask(try sample.request(), for: Task.self)
            while !["succeeded", "failed", "cancelled", "lost"].contains(task.state) {
                guard ContinuousClock.now - start < .seconds(300) else {
                    throw BenchError(.answer, "the training is still \(task.state) after five minutes")
                }
                task = try await server.ask(.get("/api/v1/tasks/\(task.id)?wait=30"), for: Task.self)
            }
            let whole = (ContinuousClock.now - start) / .seconds(1)
            guard task.state == "succeeded" else {
                throw BenchError(.answer, "the training ended \(task.state): \(task.message ?? "")")
            }
            let model = "/v2/models/bench_predict"
            let input = try await server.ask(.get(model), for: Metadata.self).inputs.first?.name ?? "input"
            let tensor = """
                {"inputs": [{"name": "\(input)", "shape": [1, 13], "datatype": "FP32", "data": \
                [13.2, 2.77, 2.51, 18.5, 96.6, 1.04, 2.55, 0.57, 1.47, 6.2, 1.05, 3.33, 820]}]}
                """
            var figures: [Figure] = []
            for (what, request) in [
                ("POST \(model)/infer, one row", WireRequest.post(model + "/infer", json: tensor)),
                ("floor: GET /healthz", .get("/healthz")),
            ] {
                let load = Load(
                    requests: [request.bytes(token: server.token)], connections: Self.connections,
                    bound: .seconds(seconds), warmUpSeconds: seconds / 4)
                figures += try await load.run(port: server.port)
                    .figures(what, unit: "/s", connections: Self.connections)
            }
            let bound = "request to published model: Slurm, container, training, collecting"
            return figures + [Figure("the wine task, from end to end", whole, "s", bound)]
        }
    }
}
