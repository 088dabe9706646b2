import Foundation

/// Rows of wine in every format, and what scikit-learn says of them: made once, in the image, by the sample's own script.
actor BulkSample {
    static let shared = BulkSample()

    enum Form: String, CaseIterable, Sendable {
        case csv, npy, parquet, root

        /// The format of the result that it is tried with.
        var result: String {
            switch self {
            case .csv: "parquet"
            case .npy: "csv"
            case .parquet: "npy"
            case .root: "json"
            }
        }
    }

    struct Made: Sendable {
        var columns: [String]
        /// The class and its probabilities, for each row.
        var predictions: [[Double]]
        var files: [Form: Data]

        func file(_ form: Form) throws -> Data {
            guard let data = files[form] else { throw TestFailure("no sample of \(form)") }
            return data
        }
    }

    private var making: Task<Made, any Error>?

    func made() async throws -> Made {
        // Every caller waits for the same work, and none of them may break it off.
        let task = making ?? Task { try await Self.make() }
        making = task
        return try await task.value
    }

    static func wineColumns() throws -> [String] {
        let path = try TestEnvironment.current().datasets + "/wine_classification.csv"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.prefix { !$0.isNewline }.split(separator: ",").map(String.init)
    }

    /// A result's rows, its columns in their order.
    static func rows(of result: Data, form: String, in server: TestServer) async throws -> [[Double]] {
        let path = try server.scratch(result, name: "result.\(form)")
        let text = try await python(
            """
            import json, sys
            import numpy as np, pandas as pd, pyarrow.parquet as pq
            path = sys.argv[1]
            # By its path: of a file that Python opened, as by pandas, Arrow's threads may hold on to a part until the
            # interpreter is gone, which ends it by SIGABRT.
            parquet = lambda path: pq.read_table(path).to_pandas()
            readers = {"csv": pd.read_csv, "parquet": parquet, "json": pd.read_json}
            form = path.rsplit(".")[-1]
            array = np.load(path) if form == "npy" else readers[form](path).to_numpy()
            print(json.dumps(array.astype(float).tolist()))
            """, [path], folder: server.folder)
        return try JSONDecoder().decode([[Double]].self, from: Data(text.utf8))
    }

    private static func make() async throws -> Made {
        let environment = try TestEnvironment.current()
        let folder = try await ServerTemplate.shared.nextFolder()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(
            atPath: environment.repository + "/docs/examples/wine/train.py", toPath: folder + "/train.py")
        // The parameters are those of the sample's config.
        _ = try await python(
            """
            import json, sys
            from pathlib import Path
            import numpy as np, pandas as pd, uproot
            sys.path.insert(0, ".")
            from train import train
            source = Path(sys.argv[1])
            model, _ = train(source, {"n_estimators": 10, "random_state": 42})
            table = pd.read_csv(source)
            features = table.iloc[:, :-1].to_numpy(np.float32)
            table.to_csv("rows.csv", index=False)
            table.to_parquet("rows.parquet")
            np.save("rows.npy", features)
            with uproot.recreate("rows.root") as file:
                file["wines"] = {name: table[name].to_numpy() for name in table.columns}
            told = np.column_stack([model.predict(features), model.predict_proba(features)])
            Path("told.json").write_text(json.dumps(told.tolist()))
            """, [environment.datasets + "/wine_classification.csv"], folder: folder, binding: environment.datasets)
        func data(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")) }
        var files: [Form: Data] = [:]
        for form in Form.allCases { files[form] = try data("rows.\(form.rawValue)") }
        return Made(
            columns: try Array(wineColumns().dropLast()),
            predictions: try JSONDecoder().decode([[Double]].self, from: data("told.json")), files: files)
    }

    /// Runs a program in the image, in a folder that it may write to, and returns what it printed.
    private static func python(
        _ program: String, _ arguments: [String], folder: String, binding further: String? = nil
    ) async throws -> String {
        let image = try TestEnvironment.current().images + "/ml_latest.sif"
        let binds = [folder] + (further.map { ["\($0):\($0):ro"] } ?? [])
        return try await Command(
            program: "singularity",
            arguments: ["--silent", "exec", "--containall", "--no-home", "--pwd", folder]
                + binds.flatMap { ["--bind", $0] } + [image, "python3", "-c", program] + arguments
        ).succeed(within: .seconds(120))
    }
}
