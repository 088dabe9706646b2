"""Trains a XGBoost classifier on the wine dataset and saves it as ONNX through onnxmltools."""

from __future__ import annotations

import argparse
from pathlib import Path

import companions
import numpy as np
import pandas as pd
from onnxmltools import convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType
from xgboost import XGBClassifier

ROWS = 5


def main() -> None:
    """Read the command line of the job, train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the dataset, a CSV file")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the model")
    arguments = parser.parse_args()

    table = pd.read_csv(arguments.input_path)
    features, classes = table.iloc[:, :-1].to_numpy(np.float32), table.iloc[:, -1].to_numpy(np.int64)
    model = XGBClassifier(n_estimators=20, max_depth=3, random_state=42).fit(features, classes)
    print(f"accuracy: {model.score(features, classes):.4f}")
    types = [("features", FloatTensorType([None, features.shape[1]]))]
    onnx_model = convert_xgboost(model, initial_types=types, target_opset=15)
    (arguments.output_path / "model.onnx").write_bytes(onnx_model.SerializeToString())
    sample = features[:ROWS]
    companions.write(
        arguments.output_path,
        {"feature_names": list(table.columns[:-1])},
        {"features": sample},
        {
            "label": model.predict(sample).astype(np.int64),
            "probabilities": model.predict_proba(sample).astype(np.float32),
        },
    )


if __name__ == "__main__":
    main()
