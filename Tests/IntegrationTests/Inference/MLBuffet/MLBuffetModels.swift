import Foundation

/// The models of MLBuffet's page, made with scikit-learn and ONNX.
enum MLBuffetModels {
    /// Writes `iris.onnx`, a classifier of scikit-learn; `dog_model.onnx`, which tells a picture's mean colours, and
    /// `dog_resized.jpeg`; `iris.pkl`; and a saved model of TensorFlow's as `saved.zip`.
    static func make(in folder: String) async throws {
        try await PythonScript.run(
            """
            import json, pickle, zipfile
            import numpy as np
            from onnx import TensorProto, helper, save
            from PIL import Image
            from skl2onnx import to_onnx
            from sklearn.datasets import load_iris
            from sklearn.linear_model import LogisticRegression

            features, target = load_iris(return_X_y=True)
            classifier = LogisticRegression(max_iter=1000).fit(features, target)
            model = to_onnx(classifier, features[:1].astype("float32"), options={"zipmap": False})
            save(model, "iris.onnx")
            with open("iris.pkl", "wb") as file:
                pickle.dump(classifier, file)
            samples = np.array([[2, 5, 1, 4], [5.1, 3.5, 1.4, 0.2]], "float32")
            with open("labels.json", "w") as file:
                json.dump(classifier.predict(samples).tolist(), file)

            value = helper.make_tensor_value_info
            graph = helper.make_graph(
                [helper.make_node("ReduceMean", ["x"], ["y"], axes=[2, 3], keepdims=0)], "mean",
                [value("x", TensorProto.FLOAT, [None, 3, 8, 8])], [value("y", TensorProto.FLOAT, [None, 3])])
            save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), "dog_model.onnx")
            Image.new("RGB", (8, 8), (255, 0, 0)).save("dog_resized.jpeg", quality=100)

            with zipfile.ZipFile("packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write("iris.onnx", "iris/iris.onnx")
                archive.writestr("iris/notes.txt", "four columns")
            """, in: folder)
    }
}
