"""Trains a Keras 3 classifier on the wine dataset and exports it as a TensorFlow SavedModel."""

from __future__ import annotations

import argparse
from pathlib import Path

import companions
import keras
import numpy as np
import pandas as pd

ROWS = 5


def build(features: np.ndarray, classes: int) -> keras.Model:
    """Return a small net that scales its features, float32 of shape (rows, columns), itself."""
    scaling = keras.layers.Normalization()
    scaling.adapt(features)
    inputs = keras.Input((features.shape[1],), name="features")
    hidden = keras.layers.Dense(16, activation="relu")(scaling(inputs))
    model = keras.Model(inputs, keras.layers.Dense(int(classes), activation="softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def main() -> None:
    """Read the command line of the job, train, report and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the dataset, a CSV file")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the model")
    arguments = parser.parse_args()

    table = pd.read_csv(arguments.input_path)
    features, classes = table.iloc[:, :-1].to_numpy(np.float32), table.iloc[:, -1].to_numpy(np.int64)
    keras.utils.set_random_seed(42)
    model = build(features, classes.max() + 1)
    model.fit(features, classes, epochs=20, verbose=0)
    print(f"accuracy: {model.evaluate(features, classes, verbose=0)[1]:.4f}")
    model.export(arguments.output_path / "model", format="tf_saved_model", verbose=False)
    sample = features[:ROWS]
    names = {"feature_names": list(table.columns[:-1])}
    # Keras names the outputs of an exported model itself.
    companions.write(arguments.output_path, names, {"features": sample}, {"output_0": np.asarray(model(sample))})


if __name__ == "__main__":
    main()
