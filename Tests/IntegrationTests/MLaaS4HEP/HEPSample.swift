import Foundation
import Testing

/// Files that MLaaS4HEP's users have in the folder that they pack, made by uproot in the image that trains from them.
struct HEPSample: Sendable, CustomTestStringConvertible {
    /// Folder with scikit-hep's test data; nil makes events of random numbers.
    var data: String?

    var testDescription: String { data == nil ? "random events" : "real events" }

    /// Real ones where `SLIPWAY_TEST_HEP_DATA` names the folder of uproot-HZZ.root and uproot-Zmumu.root.
    static let all: [HEPSample] = {
        let folder = ProcessInfo.processInfo.environment["SLIPWAY_TEST_HEP_DATA"] ?? ""
        return [HEPSample(data: nil)] + (folder.isEmpty ? [] : [HEPSample(data: folder)])
    }()

    /// Makes `folder_to_upload` in a folder.
    ///
    /// - Parameter redirector: Address of the storage server that has the files too.
    func make(in folder: String, redirector: String, environment: TestEnvironment) async throws {
        let upload = folder + "/folder_to_upload"
        try FileManager.default.createDirectory(atPath: upload, withIntermediateDirectories: true)
        let texts = [
            "files_local.txt": "higgs.root\nbackground.root\n", "labels_local.txt": "1\n0\n",
            "files_remote.txt": "/store/higgs.root\n/store/background.root\n", "labels_remote.txt": "1\n0\n",
            "ex_keras_model.py": Self.model, "params_local.json": Self.parameters,
            "params_remote.json": Self.parameters.replacing("root://stormgf1.pi.infn.it", with: redirector),
        ]
        for (name, text) in texts {
            try text.write(toFile: "\(upload)/\(name)", atomically: true, encoding: .utf8)
        }
        try Self.script.write(toFile: folder + "/make.py", atomically: true, encoding: .utf8)
        let binds = ["--bind", "\(folder):/sample"] + (data.map { ["--bind", "\($0):/data:ro"] } ?? [])
        _ = try await Command(
            program: "singularity",
            arguments: ["--quiet", "exec", "--containall", "--no-home"] + binds + [
                "\(environment.images)/hep_latest.sif", "python3", "/sample/make.py",
            ], environment: ["PATH": environment.path]
        ).succeed(within: .seconds(180))
    }

    /// Keras 2's ways, as the old users have them.
    private static let model = """
        from tensorflow import keras


        def model(idim):
            "Three layers, compiled."
            net = keras.Sequential()
            net.add(keras.layers.Dense(128, activation="relu", input_shape=(idim,), name="inputs"))
            net.add(keras.layers.Dropout(0.5))
            net.add(keras.layers.Dense(64, activation="relu"))
            net.add(keras.layers.Dropout(0.5))
            net.add(keras.layers.Dense(1, activation="sigmoid"))
            net.compile(
                optimizer=keras.optimizers.Adam(lr=1e-3),
                loss=keras.losses.BinaryCrossentropy(),
                metrics=[keras.metrics.BinaryAccuracy(name="accuracy"), keras.metrics.AUC(name="auc")],
            )
            return net
        """

    private static let parameters = """
        {
            "nevts": 30000,
            "shuffle": true,
            "chunk_size": 10000,
            "epochs": 5,
            "batch_size": 100,
            "identifier":["runNo", "evtNo", "lumi"],
            "branch": "events",
            "selected_branches":"",
            "exclude_branches": "",
            "hist": "pdfs",
            "redirector": "root://stormgf1.pi.infn.it",
            "verbose": 1
        }
        """

    /// Signal: events with two muons or more of H → ZZ. Background: those of Z → µµ. The two hardest muons are flat
    /// branches, all transverse momenta are a jagged one.
    private static let script = """
        import os

        import awkward as ak
        import numpy as np
        import uproot


        def events(px, py, pz, energy):
            pt = np.sqrt(px**2 + py**2)
            order = ak.argsort(pt, ascending=False)
            branches = {}
            for name, values in {"px": px, "py": py, "pz": pz, "e": energy, "pt": pt}.items():
                hardest = values[order]
                for muon in (0, 1):
                    branches[f"{name}{muon + 1}"] = ak.to_numpy(hardest[:, muon]).astype("float32")
            sums = [ak.to_numpy(ak.sum(values[order][:, :2], axis=1)) for values in (energy, px, py, pz)]
            square = sums[0] ** 2 - sums[1] ** 2 - sums[2] ** 2 - sums[3] ** 2
            branches["mass"] = np.sqrt(np.maximum(square, 0)).astype("float32")
            branches["muon_pt"] = ak.values_astype(pt[order], "float32")
            return branches


        def write(name, branches):
            count = len(branches["mass"])
            numbers = np.arange(count, dtype="int64")
            branches = {"runNo": numbers * 0 + 1, "evtNo": numbers, "lumi": numbers // 100} | branches
            with uproot.recreate(f"/sample/folder_to_upload/{name}.root") as file:
                types = {key: value.dtype if isinstance(value, np.ndarray) else "var * float32"
                         for key, value in branches.items()}
                file.mktree("events", types)
                file["events"].extend(branches)
            print(name, count)


        def made(count, scale, muons):
            random = np.random.default_rng(len(str(scale)) + muons)
            counts = random.integers(2, muons + 1, count)
            values = [ak.unflatten(random.normal(0, scale, counts.sum()), counts) for _ in range(3)]
            return events(*values, np.sqrt(values[0]**2 + values[1]**2 + values[2]**2))


        if os.path.isdir("/data"):
            higgs = uproot.open("/data/uproot-HZZ.root")["events"].arrays(filter_name="Muon_*")
            higgs = higgs[ak.num(higgs.Muon_Px) >= 2]
            write("higgs", events(higgs.Muon_Px, higgs.Muon_Py, higgs.Muon_Pz, higgs.Muon_E))
            pairs = uproot.open("/data/uproot-Zmumu.root")["events"].arrays()
            both = [ak.concatenate([pairs[f"{n}1"][:, None], pairs[f"{n}2"][:, None]], axis=1)
                    for n in ("px", "py", "pz", "E")]
            write("background", events(*both))
        else:
            write("higgs", made(1500, 40.0, 4))
            write("background", made(2500, 25.0, 2))
        """
}
