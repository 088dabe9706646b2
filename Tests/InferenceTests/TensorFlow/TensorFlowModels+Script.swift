extension TensorFlowModels {
    /// Makes every model below its first argument; beside those with `answers.json`, what TensorFlow itself says.
    static let script = #"""
        import json
        import os
        import sys

        import keras
        import numpy as np
        import tensorflow as tf
        import tf_keras

        os.chdir(sys.argv[1])
        v1 = tf.compat.v1
        rows = np.random.default_rng(1).normal(size=(3, 4)).astype("float32")


        def tensor(name, value):
            value = np.asarray(value)
            return {"name": name, "shape": value.shape, "values": value.astype("float64").ravel().tolist()}


        def answers(folder, inputs, outputs):
            with open(folder + "/answers.json", "w") as file:
                json.dump({"inputs": [tensor(*i) for i in inputs.items()],
                           "outputs": [tensor(*o) for o in outputs.items()]}, file)


        def save(module, folder, signatures):
            tf.saved_model.save(module, folder, signatures=signatures)


        def layers(k):
            return k.Sequential([k.layers.Input((4,)), k.layers.Dense(8, "relu"), k.layers.Dense(2, "softmax")])


        os.makedirs("keras3/deep/down")
        model = layers(keras)
        model.export("keras3/deep/down/net", verbose=False)
        answers("keras3", {"keras_tensor": rows}, {"output_0": model(rows)})

        model = layers(tf_keras)
        model.save("keras2", save_format="tf")
        name = model.input_names[0]
        answers("keras2", {name: rows}, {model.output_names[0]: model(rows)})

        left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
        both = keras.layers.Concatenate()([left, right])
        model = keras.Model(
            {"right": right, "left": left},
            {"sum": keras.layers.Dense(1)(both), "classes": keras.layers.Dense(3)(both)})
        model.export("two_ways", verbose=False)
        outputs = model({"right": rows, "left": -rows})
        answers("two_ways", {"right": rows, "left": -rows}, {name: outputs[name] for name in ["classes", "sum"]})

        # Every element type and rank.
        TYPES = ["bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float16",
                 "float32", "float64", "string"]


        class Types(tf.Module):
            @tf.function(input_signature=[tf.TensorSpec([None, 2], t, name=t) for t in TYPES]
                         + [tf.TensorSpec([], "float32", name="scalar")])
            def __call__(self, *values):
                outputs = {"same_" + t: tf.identity(v) for t, v in zip(TYPES, values)}
                return outputs | {"twice": values[-1] * 2}


        module = Types()
        save(module, "types", module.__call__)


        class AnyRank(tf.Module):
            @tf.function(input_signature=[tf.TensorSpec(None, "float32", name="x")])
            def __call__(self, x):
                return {"y": x + 1}


        module = AnyRank()
        save(module, "any_rank", module.__call__)


        class Memory(tf.Module):
            def __init__(self):
                self.numbers = tf.Variable(tf.zeros([256]))
                self.words = tf.Variable(tf.constant(["", ""]))

            @tf.function(input_signature=[tf.TensorSpec([256], "float32", name="x"),
                                          tf.TensorSpec([2], "string", name="s")])
            def __call__(self, x, s):
                before, said = self.numbers.read_value(), self.words.read_value()
                with tf.control_dependencies([before, said]):
                    self.numbers.assign(x)
                    self.words.assign(s)
                return {"before": tf.identity(before), "said": tf.identity(said)}


        module = Memory()
        save(module, "memory", module.__call__)


        class Table(tf.Module):
            def __init__(self):
                with open("words.txt", "w") as file:
                    file.write("red\nwhite\n")
                self.words = tf.saved_model.Asset("words.txt")
                self.table = tf.lookup.StaticHashTable(
                    tf.lookup.TextFileInitializer(self.words, tf.string, tf.lookup.TextFileIndex.WHOLE_LINE,
                                                  tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER), -1)

            @tf.function(input_signature=[tf.TensorSpec([None], "string", name="word")])
            def __call__(self, word):
                return {"number": self.table.lookup(word)}


        module = Table()
        save(module, "table", module.__call__)


        class Ways(tf.Module):
            @tf.function(input_signature=[tf.TensorSpec([None], "float32", name="x")])
            def once(self, x):
                return {"y": x}

            @tf.function(input_signature=[tf.TensorSpec([None], "float32", name="x")])
            def twice(self, x):
                return {"y": x * 2}

            @tf.function(input_signature=[tf.TensorSpec([None], "float32", name="x")])
            def fails(self, x):
                return {"y": tf.reshape(x, [3, 5])}

            @tf.function(input_signature=[tf.TensorSpec([None], "complex64", name="x")])
            def complex(self, x):
                return {"y": x}

            @tf.function(input_signature=[tf.TensorSpec([None], "string", name="x")])
            def writes(self, x):
                tf.io.write_file("written-by-model", x[0])
                return {"y": x}

            @tf.function(input_signature=[tf.TensorSpec([None], "string", name="x")])
            def reads(self, x):
                return {"y": tf.map_fn(tf.io.read_file, x)}

            @tf.function(input_signature=[tf.TensorSpec([None], "float32", name="x")])
            def prints(self, x):
                tf.print(x, output_stream="file://printed-by-model")
                return {"y": x}

            @tf.function(input_signature=[tf.TensorSpec([None], "float32", name="x")])
            def python(self, x):
                return {"y": tf.py_function(lambda x: x, [x], "float32")}


        module = Ways()
        save(module, "one_name", {"mine": module.once})
        save(module, "two_names", {"once": module.once, "twice": module.twice})
        save(module, "no_name", None)
        for way in ["fails", "complex", "writes", "reads", "prints", "python"]:
            save(module, way, getattr(module, way))

        # TensorFlow 1: a SavedModel, and the graph alone with its weights frozen into it.
        os.makedirs("frozen")
        with tf.Graph().as_default() as graph, v1.Session() as session:
            x = v1.placeholder("float32", [None, 4], name="features")
            weights = v1.get_variable("weights", initializer=np.ones((4, 2), "float32"), use_resource=False)
            y = tf.nn.softmax(tf.matmul(x, weights) * [1.0, 2.0], name="probabilities")
            session.run(v1.global_variables_initializer())
            v1.saved_model.simple_save(session, "tf1", {"x": x}, {"y": y})
            right = session.run(y, {x: rows})
            answers("tf1", {"x": rows}, {"y": right})
            frozen = v1.graph_util.convert_variables_to_constants(session, graph.as_graph_def(), ["probabilities"])
            with open("frozen/tf_model.pb", "wb") as file:
                file.write(frozen.SerializeToString())
            answers("frozen", {"features": rows}, {"probabilities": right})

        os.makedirs("frozen_parts")
        with tf.Graph().as_default() as graph:
            a = v1.placeholder("float32", [None, 4], name="a")
            b = v1.placeholder("float32", None, name="b")
            parts = tf.split(a, 2, axis=1, name="parts")
            tf.add(b, 1.0, name="more")
            with open("frozen_parts/model.pb", "wb") as file:
                file.write(graph.as_graph_def().SerializeToString())
            answers("frozen_parts", {"b": rows[0], "a": rows},
                    {"parts": rows[:, :2], "parts:1": rows[:, 2:], "more": rows[0] + 1})

        os.makedirs("frozen_reads")
        with tf.Graph().as_default() as graph:
            tf.identity(tf.io.read_file(v1.placeholder("string", [], name="path")), name="content")
            with open("frozen_reads/model.pb", "wb") as file:
                file.write(graph.as_graph_def().SerializeToString())
        """#
}
