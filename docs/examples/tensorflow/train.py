"""Fits a linear model of the wines' alcohol in TensorFlow alone, and saves it as a SavedModel of two outputs."""

from __future__ import annotations

import argparse
from pathlib import Path

import companions
import numpy as np
import pandas as pd
import tensorflow as tf

ROWS = 5


class Linear(tf.Module):
    """A line through standardised features."""

    def __init__(self, features: np.ndarray, target: np.ndarray) -> None:
        """Fit by least squares: features float32 of shape (rows, columns), the target of shape (rows,)."""
        super().__init__()
        self.mean, self.deviation = tf.Variable(features.mean(0)), tf.Variable(features.std(0))
        scaled = (features - features.mean(0)) / features.std(0)
        design = np.column_stack([scaled, np.ones(len(scaled), np.float32)])
        solution = np.linalg.lstsq(design, target, rcond=None)[0].astype(np.float32)
        self.weights, self.bias = tf.Variable(solution[:-1, None]), tf.Variable(solution[-1])
        signature = tf.TensorSpec([None, features.shape[1]], tf.float32, name="features")
        self.predict = tf.function(self._predict, input_signature=[signature])

    def _predict(self, features: tf.Tensor) -> dict[str, tf.Tensor]:
        scaled = (features - self.mean) / self.deviation
        return {"alcohol": scaled @ self.weights + self.bias, "distance": tf.norm(scaled, axis=1)}


def main() -> None:
    """Read the command line of the job, fit, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the dataset, a CSV file")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the model")
    arguments = parser.parse_args()

    table = pd.read_csv(arguments.input_path)
    target, others = table["alcohol"].to_numpy(np.float32), table.drop(columns=["alcohol", "target"])
    features = others.to_numpy(np.float32)
    model = Linear(features, target)
    residual = model.predict(features)["alcohol"][:, 0] - target
    print(f"deviation: {np.std(residual):.4f}")
    tf.saved_model.save(model, arguments.output_path / "model", {"serving_default": model.predict})
    outputs = {name: value.numpy() for name, value in model.predict(features[:ROWS]).items()}
    names = {"feature_names": list(others.columns)}
    companions.write(arguments.output_path, names, {"features": features[:ROWS]}, outputs)


if __name__ == "__main__":
    main()
