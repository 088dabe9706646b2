"""Trains a model file on arrays, and compares what it leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from array_dataset import ArrayDataset, assignment, separable
from slipway_trainer import training
from slipway_trainer.chunks import Chunk
from slipway_trainer.export import onnx
from slipway_trainer.judgement import Judgement

HELD_OUT = 1000


def train(
    folder: Path, monkeypatch: pytest.MonkeyPatch, model: str, classes: int = 2, events: int = 6000, **params: object
) -> tuple[Judgement, list[str]]:
    x, y = separable(events, classes)
    asked = {"epochs": 4, "batch_size": 50, **params}
    chunk_size = int(str(asked.get("chunk_size", 3000)))
    monkeypatch.setattr(training, "Dataset", lambda *_, **__: ArrayDataset(x, y, chunk_size))
    lines: list[str] = []
    task = assignment(folder, model, json.dumps(asked))
    return training.Training(task, lines.append).run(), lines


def golden(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "output" / "golden.json").read_text())


def snapshots(monkeypatch: pytest.MonkeyPatch, output: Path) -> list[list[str]]:
    """Have the names of the output folder's files written down before each chunk is read."""
    seen: list[list[str]] = []
    read = ArrayDataset.chunks

    def watched(dataset: ArrayDataset) -> Iterator[Chunk]:
        for chunk in read(dataset):
            seen.append([path.name for path in output.iterdir()])
            yield chunk

    monkeypatch.setattr(ArrayDataset, "chunks", watched)
    return seen


def check_forms(folder: Path, monkeypatch: pytest.MonkeyPatch, model: str, classes: int) -> None:
    """Train a model file, and compare its forms with the framework's own predictions on held-out rows."""
    learners: list[Any] = []
    made = training.frameworks.learner
    monkeypatch.setattr(training.frameworks, "learner", lambda *given: learners.append(made(*given)) or learners[-1])
    judgement, lines = train(folder, monkeypatch, model, classes)

    assert judgement.auc is not None
    assert judgement.auc > 0.95
    assert judgement.accuracy > 0.85
    assert judgement.events == 1200
    assert sum(line.startswith("test: 1200 events") for line in lines) == 1
    output = folder / "output"
    rows, _ = separable(HELD_OUT, classes, seed=7)
    wanted = learners[0].predict(rows)
    sample = golden(folder)
    (input_name,) = sample["inputs"]
    assert set(sample["outputs"]) == set(wanted)
    for name, found in onnx.run(output / "model.onnx", input_name, rows).items():
        assert found.shape == wanted[name].shape
        assert np.abs(found - wanted[name]).max() < 1e-5
    parameters = json.loads((output / "params.json").read_text())
    assert parameters["name"] == "luca_1"
    assert parameters["model"] == learners[0].main_file
    assert (parameters.get("labels") == "labels.txt") == (classes == 3)
    if parameters["model"] == "saved_model.pb":
        import tensorflow as tf

        signature = tf.saved_model.load(str(output)).signatures["serving_default"]
        assert signature.structured_input_signature[1][input_name].shape.as_list() == [None, rows.shape[1]]
        for name, found in signature(**{input_name: tf.constant(rows)}).items():
            assert np.abs(found.numpy() - wanted[name]).max() < 1e-5
        assert (output / "model.keras").is_file()
    else:
        assert (output / "model.pt").is_file()
    assert (output / "history.png").read_bytes().startswith(b"\x89PNG")
    assert not list(output.glob(".*"))
