"""The model as ONNX."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from slipway_trainer.export.agreement import check_agreement
from slipway_trainer.surroundings import processors

FILE = "model.onnx"
OPSET = 17


def from_tensorflow(serving: Any, path: Path) -> None:  # noqa: ANN401 - a tf.function with an input signature
    """Write a function of TensorFlow, with the names of its signature."""
    import logging

    import tf2onnx

    logging.getLogger("tf2onnx").setLevel(logging.ERROR)
    tf2onnx.convert.from_function(
        serving, input_signature=list(serving.input_signature), opset=OPSET, output_path=str(path)
    )


def from_torch(model: Any, columns: int, input_name: str, outputs: list[str], path: Path) -> None:  # noqa: ANN401
    """Write a module of PyTorch, in the state in which it computes, with a free number of rows."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (torch.zeros(2, columns),),
            str(path),
            input_names=[input_name],
            output_names=outputs,
            dynamic_axes={name: {0: "rows"} for name in [input_name, *outputs]},
            opset_version=OPSET,
            dynamo=False,
        )


def run(path: Path, input_name: str, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return the outputs of an ONNX file by their names, for float32[rows, columns]."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = processors()
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {input_name: rows}), strict=True))


def check(path: Path, input_name: str, sample: np.ndarray, expected: Mapping[str, np.ndarray]) -> None:
    """Compare what ONNX Runtime gives.

    Raises
    ------
    TrainerError
        Where it differs.
    """
    check_agreement(FILE, run(path, input_name, sample), expected)
