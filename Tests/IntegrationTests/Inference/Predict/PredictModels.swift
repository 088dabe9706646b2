import Foundation
import SlipwayAPI

/// Small ONNX models with everything that may lie beside one, written by a Python script into the server's folder.
enum PredictModels {
    /// Makes the models and uploads them: `scaled`, `columns`, `picture`.
    static func upload(to server: TestServer) async throws {
        try await PythonScript.run(script, in: server.folder)
        for name in ["scaled", "columns", "picture"] {
            let archive = try file("\(name).tar.gz", of: server)
            let _: ModelVersionAnswer = try await server.send(
                "POST", "/api/v1/models/\(name)/versions", body: archive, contentType: "application/gzip"
            ).decoded(status: 201)
        }
    }

    static func file(_ name: String, of server: TestServer) throws -> Data {
        guard let data = FileManager.default.contents(atPath: "\(server.folder)/\(name)") else {
            throw TestFailure("the script left no \(name)")
        }
        return data
    }

    /// What the Python runtime says of each picture: the mean of each channel.
    static func pictureMeans(of server: TestServer) throws -> [String: [Double]] {
        try JSONDecoder().decode([String: [Double]].self, from: file("pictures.json", of: server))
    }

    /// `scaled`: three named columns, a scaling, two classes; `columns`: an input for each column, of different types;
    /// `picture`: the mean of each channel of a picture of 8 × 8.
    private static let script = #"""
        import json
        import tarfile
        from pathlib import Path

        import numpy as np
        import onnx
        import onnxruntime
        from onnx import TensorProto as T
        from onnx import helper, numpy_helper
        from PIL import Image


        def save(name, inputs, outputs, nodes, constants, files, metadata):
            folder = Path(name)
            folder.mkdir()
            values = {
                "inputs": [helper.make_tensor_value_info(*one) for one in inputs],
                "outputs": [helper.make_tensor_value_info(*one) for one in outputs],
                "initializer": [numpy_helper.from_array(value, key) for key, value in constants.items()],
            }
            graph = helper.make_graph(nodes, name, **values)
            model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
            helper.set_model_props(model, metadata)
            onnx.checker.check_model(model)
            onnx.save(model, folder / "model.onnx")
            for file, text in files.items():
                (folder / file).write_text(text)
            with tarfile.open(f"{name}.tar.gz", "w:gz") as archive:
                for file in sorted(folder.iterdir()):
                    archive.add(file, file.name)
            return onnxruntime.InferenceSession(folder / "model.onnx")


        node = helper.make_node
        weights = np.array([[1, -1], [0.5, 0.25], [-2, 2]], dtype=np.float32)
        save(
            "scaled",
            [("x", T.FLOAT, ["n", 3])],
            [("label", T.INT64, ["n"]), ("probabilities", T.FLOAT, ["n", 2])],
            [
                node("MatMul", ["x", "w"], ["scores"]),
                node("Softmax", ["scores"], ["probabilities"], axis=1),
                node("ArgMax", ["scores"], ["label"], axis=1, keepdims=0),
            ],
            {"w": weights},
            {
                "labels.txt": "red\nwhite\n",
                "preprocess.json": json.dumps(
                    {"features": ["ash", "alcohol", "acid"], "mean": [1, 10, 2], "std": [2, 4, 1], "nan": 0}
                ),
                "golden.json": json.dumps({"inputs": {"x": [[0, 0, 1]]}, "outputs": {"label": [1]}}),
            },
            {"feature_names": json.dumps(["alcohol", "acid", "ash"])},
        )
        save(
            "columns",
            [("age", T.INT64, ["n", 1]), ("name", T.STRING, ["n", 1])],
            [("years", T.FLOAT, ["n", 1]), ("who", T.STRING, ["n", 1])],
            [node("Cast", ["age"], ["years"], to=T.FLOAT), node("Identity", ["name"], ["who"])],
            {},
            {},
            {},
        )
        pool = save(
            "picture",
            [("image", T.FLOAT, ["n", 3, 8, 8])],
            [("means", T.FLOAT, ["n", 3])],
            [node("GlobalAveragePool", ["image"], ["pooled"]), node("Flatten", ["pooled"], ["means"])],
            {},
            {
                "labels.txt": "red\ngreen\nblue\n",
                "params.json": json.dumps({"img_channels": 3, "image": {"width": 8, "height": 8}}),
            },
            {},
        )
        rows, columns = np.mgrid[0:40, 0:60]
        colours = np.stack([rows, columns * 3 + 70, rows * 2], axis=2).astype(np.uint8)
        means = {}
        for name, options in {"shown.png": {}, "shown.jpg": {"quality": 95}}.items():
            Image.fromarray(colours).save(name, **options)
            small = Image.open(name).convert("RGB").resize((8, 8), Image.Resampling.BILINEAR)
            image = (np.asarray(small, dtype=np.float32) / 255).transpose(2, 0, 1)[None]
            means[name] = pool.run(None, {"image": image})[0][0].tolist()
        Path("pictures.json").write_text(json.dumps(means))
        """#
}
