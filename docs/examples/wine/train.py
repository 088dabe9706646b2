"""Trains a random forest on the wine dataset and saves it as ONNX.

The dataset is a CSV file with one column per feature and the class, an integer, in the last column.
Parameters of ``RandomForestClassifier`` come from the JSON file that ``SLIPWAY_PARAMS`` names.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

SEED = 42


def read_params() -> dict[str, Any]:
    """Return the ``model_params`` of the task, or none outside of Slipway."""
    path = os.environ.get("SLIPWAY_PARAMS")
    return json.loads(Path(path).read_text()) if path else {}


def read_dataset(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the features, float32 of shape (rows, columns), and the classes, int64 of shape (rows,)."""
    table = pd.read_csv(path)
    return table.iloc[:, :-1].to_numpy(np.float32), table.iloc[:, -1].to_numpy(np.int64)


def train(dataset: Path, params: dict[str, Any]) -> tuple[RandomForestClassifier, float]:
    """Fit the classifier and return it with its accuracy on the quarter of the rows that it has not seen."""
    features, classes = read_dataset(dataset)
    seen, unseen, seen_classes, unseen_classes = train_test_split(
        features, classes, test_size=0.25, random_state=SEED, stratify=classes
    )
    model = RandomForestClassifier(**{"random_state": SEED, **params})
    model.fit(seen, seen_classes)
    return model, float(model.score(unseen, unseen_classes))


def save(model: RandomForestClassifier, path: Path) -> None:
    """Write the model as ONNX: float32 [rows, columns] in, classes and their probabilities out, as tensors."""
    onnx_model = to_onnx(
        model,
        initial_types=[("input", FloatTensorType([None, model.n_features_in_]))],
        options={"zipmap": False},
        target_opset={"": 17, "ai.onnx.ml": 3},
    )
    path.write_bytes(onnx_model.SerializeToString())


def main() -> None:
    """Read the command line of the job, train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the dataset, a CSV file")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for model.onnx")
    arguments = parser.parse_args()

    model, accuracy = train(arguments.input_path, read_params())
    print(f"accuracy: {accuracy:.4f}")
    save(model, arguments.output_path / "model.onnx")
    print(f"saved: {arguments.output_path / 'model.onnx'}")


if __name__ == "__main__":
    main()
