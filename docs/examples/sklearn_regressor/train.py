"""Trains gradient boosting on the wines' alcohol and saves it as ONNX."""

from __future__ import annotations

import argparse
from pathlib import Path

import companions
import numpy as np
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import GradientBoostingRegressor

ROWS = 5


def main() -> None:
    """Read the command line of the job, train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the dataset, a CSV file")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the model")
    arguments = parser.parse_args()

    table = pd.read_csv(arguments.input_path)
    target, others = table["alcohol"].to_numpy(), table.drop(columns=["alcohol", "target"])
    features = others.to_numpy(np.float32)
    model = GradientBoostingRegressor(n_estimators=30, random_state=42).fit(features, target)
    print(f"R²: {model.score(features, target):.4f}")
    onnx_model = to_onnx(
        model,
        initial_types=[("features", FloatTensorType([None, features.shape[1]]))],
        target_opset={"": 17, "ai.onnx.ml": 3},
    )
    (arguments.output_path / "model.onnx").write_bytes(onnx_model.SerializeToString())
    sample = features[:ROWS]
    predicted = model.predict(sample).astype(np.float32)[:, None]
    names = {"feature_names": list(others.columns)}
    companions.write(arguments.output_path, names, {"features": sample}, {"variable": predicted})


if __name__ == "__main__":
    main()
