"""Trains a random forest on the wine dataset; skl2onnx by itself makes maps by class of its probabilities."""

from __future__ import annotations

import argparse
from pathlib import Path

import companions
import numpy as np
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import RandomForestClassifier

ROWS = 5


def main() -> None:
    """Read the command line of the job, train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the dataset, a CSV file")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the model")
    arguments = parser.parse_args()

    table = pd.read_csv(arguments.input_path)
    features, classes = table.iloc[:, :-1].to_numpy(np.float32), table.iloc[:, -1].to_numpy(np.int64)
    model = RandomForestClassifier(20, random_state=42).fit(features, classes)
    print(f"accuracy: {model.score(features, classes):.4f}")
    onnx_model = to_onnx(
        model,
        initial_types=[("features", FloatTensorType([None, features.shape[1]]))],
        target_opset={"": 17, "ai.onnx.ml": 3},
    )
    (arguments.output_path / "model.onnx").write_bytes(onnx_model.SerializeToString())
    sample = features[:ROWS]
    companions.write(
        arguments.output_path,
        {"feature_names": list(table.columns[:-1])},
        {"features": sample},
        {
            "output_label": model.predict(sample),
            "output_probability": model.predict_proba(sample).astype(np.float32),
        },
    )


if __name__ == "__main__":
    main()
