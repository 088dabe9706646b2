import Foundation

/// The wine sample as the files of a request.
struct Sample: Sendable {
    let workplace: Workplace
    let experiment: String
    /// The job asks for more time than the development cluster's partition ever gives (`MaxTime`): Slurm takes it and
    /// leaves it pending (sbatch(1), `--time`), so that nothing runs and nobody else's job waits.
    var isWaitingForever = false
    /// Takes the place of the training.
    var script: String?

    func files() throws -> [(name: String, content: String)] {
        let text = try workplace.sample("config.json")
        guard var config = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw BenchError(.environment, "the sample's config.json is not an object")
        }
        var infrastructure: [String: Any] = [
            "instance_type": "cpu", "image_name": "sklearn_sample_latest", "account": "twinscie",
        ]
        if isWaitingForever { infrastructure["time"] = "30-00:00:00" }
        config["experiment_name"] = experiment
        config["runner_location"] = workplace.cluster
        config["clusters"] = [workplace.cluster: ["infra_config": infrastructure]]
        let data = try JSONSerialization.data(withJSONObject: config, options: [.prettyPrinted, .sortedKeys])
        return [
            ("config.json", String(decoding: data, as: UTF8.self)),
            ("train.py", try script ?? workplace.sample("train.py")),
        ]
    }

    func request(_ path: String = "/api/v1/tasks") throws -> WireRequest { .post(path, files: try files()) }

    /// Ends every job of the experiment.
    func cancelJobs() async {
        await Command.runShielded("scancel", ["--quiet", "--name=\(experiment)"])
    }
}
