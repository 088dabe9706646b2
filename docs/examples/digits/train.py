"""Trains a net that reads hand-written digits, 8x8 made 16x16, and saves it as SavedModel or, on wish, as ONNX.

The pictures are scikit-learn's own; the dataset is not looked at. ``model_params`` may be ``{"format": "onnx"}``.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import companions
import keras
import numpy as np
import tensorflow as tf
import tf2onnx
from sklearn.datasets import load_digits

SIDE, ROWS = 16, 3


def build() -> keras.Model:
    """Return a net from grey pictures, float32 of shape (rows, 16, 16, 1) from 0 to 1, to probabilities of digits."""
    inputs = keras.Input((SIDE, SIDE, 1), name="image")
    maps = keras.layers.Conv2D(8, 3, strides=2, activation="relu")(inputs)
    maps = keras.layers.Conv2D(16, 3, strides=2, activation="relu")(maps)
    hidden = keras.layers.Dense(32, activation="relu")(keras.layers.Flatten()(maps))
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def main() -> None:
    """Read the command line of the job, train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, help="not looked at")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the model")
    output = parser.parse_args().output_path
    params = json.loads(Path(os.environ["SLIPWAY_PARAMS"]).read_text())
    digits = load_digits()
    images = (digits.images / 16).repeat(2, axis=1).repeat(2, axis=2)[..., None].astype(np.float32)
    keras.utils.set_random_seed(42)
    model = build()
    model.fit(images, digits.target, epochs=10, verbose=0)
    print(f"accuracy: {model.evaluate(images, digits.target, verbose=0)[1]:.4f}")
    if params.get("format") == "onnx":
        signature = [tf.TensorSpec([None, SIDE, SIDE, 1], tf.float32, "image")]
        serve = tf.function(lambda image: {"output_0": model(image)}, signature)
        tf2onnx.convert.from_function(serve, signature, opset=17, output_path=output / "model.onnx")
    else:
        model.export(output / "model", format="tf_saved_model", verbose=False)
    (output / "labels.txt").write_text("".join(f"digit {digit}\n" for digit in range(10)))
    described = {"labels": "labels.txt", "img_channels": 1}
    companions.write(output, described, {"image": images[:ROWS]}, {"output_0": np.asarray(model(images[:ROWS]))})


if __name__ == "__main__":
    main()
