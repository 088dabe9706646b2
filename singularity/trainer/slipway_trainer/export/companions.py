"""What lies beside the model and says how it is served."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from slipway_trainer.export.agreement import TOLERANCE


def write_parameters(
    folder: Path, name: str, main_file: str, columns: Sequence[str], classes: Sequence[str] | None
) -> None:
    """Write ``params.json``, the names of the columns and, where each has an output, of the labels."""
    parameters: dict[str, Any] = {"name": name, "model": main_file, "feature_names": list(columns)}
    if classes:
        parameters["labels"] = "labels.txt"
        (folder / "labels.txt").write_text("".join(f"{label}\n" for label in classes))
    _write_json(folder / "params.json", parameters)
    (folder / "feature_names.txt").write_text("".join(f"{column}\n" for column in columns))


def write_preprocessing(
    folder: Path,
    columns: Sequence[str],
    minima: npt.NDArray[np.float64],
    maxima: npt.NDArray[np.float64],
    missing: float,
    jagged: Mapping[str, int],
) -> None:
    """Write ``preprocess.json``: raw values become (value - min) / (max - min), and NaN becomes ``missing``.

    Parameters
    ----------
    jagged
        How many columns each jagged branch has: ``Jet_pt`` with 2 is ``Jet_pt_0`` and ``Jet_pt_1``.
    """
    _write_json(
        folder / "preprocess.json",
        {
            "features": list(columns),
            "min": minima.tolist(),
            "max": maxima.tolist(),
            "nan": missing,
            "jagged": dict(jagged),
        },
    )


def write_golden(
    folder: Path, input_name: str, rows: npt.NDArray[np.float32], outputs: Mapping[str, npt.NDArray[np.float32]]
) -> None:
    """Write ``golden.json``: rows, and what the framework gives for them."""
    _write_json(
        folder / "golden.json",
        {
            "inputs": {input_name: rows.tolist()},
            "outputs": {name: values.tolist() for name, values in outputs.items()},
            "tolerance": TOLERANCE,
        },
    )


def write_specs(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the specs files, given by their names, into ``specs``."""
    specs = folder / "specs"
    specs.mkdir()
    for name, text in texts.items():
        (specs / name).write_text(text, encoding="utf-8")


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(document, allow_nan=False))
