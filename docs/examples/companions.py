"""What travels beside a model: the names of its columns, and a sample whose prediction is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

DATATYPES = {"float32": "FP32", "float64": "FP64", "int64": "INT64", "int32": "INT32", "uint8": "UINT8"}


def tensor(name: str, array: np.ndarray) -> dict[str, Any]:
    """Return an array as the Open Inference Protocol writes it."""
    array = np.asarray(array)
    datatype = DATATYPES[array.dtype.name]
    return {"name": name, "shape": list(array.shape), "datatype": datatype, "data": array.ravel().tolist()}


def write(
    folder: Path,
    params: dict[str, Any],
    inputs: dict[str, np.ndarray],
    outputs: dict[str, np.ndarray],
    tolerance: float = 1e-5,
) -> None:
    """Write ``params.json``, ``golden.json``, which the server checks, and ``expected.json``, with all that is known.

    Parameters
    ----------
    params
        ``feature_names``, labels and the like.
    inputs, outputs
        Arrays of shape (rows, …) by name: the sample, and what the library that trained the model says of it.
    """
    sample = {
        "inputs": [tensor(name, array) for name, array in inputs.items()],
        "outputs": [tensor(name, array) for name, array in outputs.items()],
    }
    (folder / "params.json").write_text(json.dumps(params, indent=2))
    (folder / "golden.json").write_text(json.dumps({**sample, "tolerance": tolerance}))
    (folder / "expected.json").write_text(json.dumps(sample))
