import Foundation
import SlipwayAPI

/// The models of TFaaS's pages, made with TensorFlow, and what TensorFlow says of them.
struct TFaaSModels: Decodable, Sendable {
    /// What the net for rows says of `row`.
    var row: [Double]
    /// What the frozen net for pictures says of `file.png`, by its labels.
    var picture: [String: Double]
    /// What the saved model says of `img1.png`, by its labels.
    var saved: [String: Double]

    /// Writes the models and what their pages name into a folder.
    static func make(in folder: String) async throws -> TFaaSModels {
        try await PythonScript.run(script, in: folder)
        guard let data = FileManager.default.contents(atPath: folder + "/expected.json") else {
            throw TestFailure("the models were not made in \(folder)")
        }
        return try JSONDecoder().decode(TFaaSModels.self, from: data)
    }

    private static let script = """
        import base64, json, os
        import numpy as np
        import tensorflow as tf
        from PIL import Image

        random = np.random.default_rng(1)
        tf1 = tf.compat.v1


        def frozen(path, shape, width, node):
            with tf.Graph().as_default() as graph:
                x = tf1.placeholder(tf.float32, [None, *shape], name=node)
                weights = random.normal(scale=0.3, size=(int(np.prod(shape)), width)).astype("float32")
                scores = tf.matmul(tf.reshape(x, [-1, weights.shape[0]]), weights)
                (tf.nn.softmax if width > 1 else tf.nn.sigmoid)(scores, name="output_node0")
                with open(path, "wb") as file:
                    file.write(graph.as_graph_def().SerializeToString())

            def run(values):
                with tf1.Session(graph=graph) as session:
                    return session.run("output_node0:0", {node + ":0": np.asarray([values], "float32")})[0]

            return run


        def picture(path):
            pixels = random.integers(0, 256, size=(28, 28), dtype="uint8")
            Image.fromarray(pixels).save(path)
            return pixels[:, :, None].astype("float32") / 255


        def write(path, value):
            with open(path, "w") as file:
                file.write(value if isinstance(value, str) else json.dumps(value))


        labels = ["higgs", "qcd", "muons"]
        image = frozen("tf_model.pb", (28, 28, 1), 3, "dense_4_input")
        write("params.json", {"name": "ImageModel", "model": "tf_model.pb", "labels": "labels.txt",
                              "inputNode": "dense_4_input", "outputNode": "output_node0"})
        write("labels.txt", "\\n".join(labels) + "\\n")

        rows = frozen("model.pb", (3,), 1, "dense_1_input")
        os.makedirs("vk", exist_ok=True)
        os.replace("model.pb", "vk/model.pb")
        write("vk/params.json", {"name": "vk", "model": "model.pb", "labels": "labels.txt", "inputNode": "dense_1_input",
                                 "outputNode": "output_node0", "description": "rows of three"})
        write("vk/labels.txt", "signal\\n")
        with open("vk/model.pb", "rb") as model, open("vk/model.b64", "wb") as encoded:
            encoded.write(base64.b64encode(model.read()) + b"\\n")
        write("input.json", {"keys": [], "values": [0.5, -1.25, 2], "model": "vk"})
        # tfaaspb.Row with the packed values 0.5, -1.25 and 2, and the model.
        with open("row.bin", "wb") as file:
            file.write(b"\\x12\\x0c" + np.array([0.5, -1.25, 2], "<f4").tobytes() + b"\\x1a\\x02vk")


        class Digits(tf.Module):
            def __init__(self):
                self.weights = tf.Variable(random.normal(scale=0.1, size=(784, 10)).astype("float32"))

            @tf.function(input_signature=[tf.TensorSpec([None, 28, 28, 1], tf.float32, name="input_1")])
            def __call__(self, x):
                return tf.nn.softmax(tf.matmul(tf.reshape(x, [-1, 784]), self.weights))


        digits = Digits()
        tf.saved_model.save(digits, "mnist", signatures={"serving_default": digits.__call__.get_concrete_function()})
        write("mnist/labels.txt", "".join(f"{digit}\\n" for digit in range(10)))
        write("mnist/params.json", {
            "name": "mnist", "model": "saved_model.pb", "labels": "labels.txt", "img_channels": 1,
            "input_name": "serving_default_input_1", "output_name": "StatefulPartitionedCall",
            "input_node": "input_1", "output_node": "dense/Softmax:0"})

        shown, drawn = picture("file.png"), picture("img1.png")
        write("expected.json", {
            "row": rows([0.5, -1.25, 2]).tolist(),
            "picture": dict(zip(labels, image(shown).tolist())),
            "saved": dict(zip(map(str, range(10)), digits(drawn[None]).numpy()[0].tolist()))})
        """
}

/// A labelled answer of `/image`.
struct LabelledPicture: Decodable, Sendable {
    struct Label: Decodable, Sendable {
        var label: String
        var probability: Double
    }

    var filename: String
    var labels: [Label]
}
