import Foundation

/// How fast the trainer reads events and prepares them, beside the way that goes event by event, in its image.
struct TrainPart: BenchPart {
    private struct Measured: Decodable {
        let what: String
        let value: Double
        let unit: String
        let bound: String
    }

    func measure(_ bench: Bench) async throws -> [Figure] {
        let workplace = bench.workplace
        let trainer = workplace.repository + "/singularity/trainer"
        let folder = workplace.folder + "/train"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // The checkout's trainer, whatever state the image has.
        let text = try await Command.run(
            "singularity",
            [
                "--quiet", "exec", "--containall", "--no-home", "--bind", "\(trainer):/trainer:ro", "--bind",
                "\(folder):/bench", "--env", "PYTHONPATH=/trainer,PYTHONDONTWRITEBYTECODE=1",
                workplace.images + "/hep_latest.sif", "python3", "/trainer/benchmarks/reading.py", "--json",
                "--folder", "/bench", "--events", "\(bench.bound(1_000_000, quick: 200_000))", "--gigabytes",
                "\(bench.bound(5.0, quick: 0.5))",
            ], environment: ["PATH": workplace.slurmPath])
        return try JSONDecoder().decode([Measured].self, from: Data(text.utf8)).map {
            Figure($0.what, $0.value, $0.unit, $0.bound)
        }
    }
}
