import Foundation

/// A folder to upload that names files of a storage server, and those files.
struct RemoteSample: Sendable {
    /// What the model's function does before it makes the model.
    var gate = ""

    /// Puts the files into a server's store.
    func fill(_ server: XRootDServer, environment: TestEnvironment) async throws {
        try Self.script.write(toFile: server.store + "/make.py", atomically: true, encoding: .utf8)
        _ = try await Command(
            program: "singularity",
            arguments: [
                "--quiet", "exec", "--containall", "--no-home", "--bind", "\(server.store):/sample",
                "\(environment.images)/hep_latest.sif", "python3", "/sample/make.py",
            ], environment: ["PATH": environment.path]
        ).succeed(within: .seconds(120))
    }

    /// What a person uploads, with the server as the redirector.
    func folder(_ address: String) -> TrainingFolder {
        TrainingFolder(files: [
            "files.txt": "/store/signal.root\n/store/background.root\n", "labels.txt": "1\n0\n",
            "model.py": Self.model.replacing("GATE", with: gate.replacing("\n", with: "\n    ")),
            "params.json": """
            {"nevts": -1, "shuffle": true, "chunk_size": 4000, "epochs": 1, "batch_size": 500, "identifier": "",
             "branch": "events", "selected_branches": "", "exclude_branches": "", "redirector": "\(address)",
             "verbose": 1}
            """,
        ])
    }

    private static let model = """
        from tensorflow import keras


        def model(idim):
            GATE
            net = keras.Sequential([
                keras.layers.Dense(8, activation="relu", input_shape=(idim,), name="inputs"),
                keras.layers.Dense(1, activation="sigmoid"),
            ])
            net.compile(optimizer="adam", loss="binary_crossentropy", metrics=[keras.metrics.AUC(name="auc")])
            return net
        """

    /// Many baskets, so that there is something left to read in the middle.
    private static let script = """
        import numpy as np
        import uproot

        random = np.random.default_rng(7)
        for name, middle in (("signal", 1.0), ("background", -1.0)):
            with uproot.recreate(f"/sample/{name}.root") as file:
                tree = file.mktree("events", {f"x{number}": "float32" for number in range(8)})
                for _ in range(10):
                    tree.extend({f"x{number}": random.normal(middle, 1, 2000).astype("float32") for number in range(8)})
        """
}
