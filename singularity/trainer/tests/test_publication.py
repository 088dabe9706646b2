"""Whoever reads while a model is replaced gets a whole one."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from slipway_trainer.export.publication import STAGING, Publication
from slipway_trainer.frameworks.keras import KerasLearner

SNAPSHOTS = 25


@pytest.mark.parametrize("keras", ["tf_keras", "keras"])
def test_a_reader_in_a_loop_always_finds_one_of_the_models(keras: str, tmp_path: Path) -> None:
    import importlib

    import tensorflow as tf

    library: Any = importlib.import_module(keras)
    model = library.Sequential([library.layers.Input((3,), name="rows"), library.layers.Dense(1, name="sum")])
    file: Any = SimpleNamespace(path=Path("model.py"))
    learner = KerasLearner(model, file, 3, lambda _: None)
    publication = Publication(tmp_path / "output")
    publication.begin()

    def publish(number: int, *, last: bool = False) -> None:
        # Weights and bias change together: a mixture would give something else than a multiple of 4.
        model.set_weights([np.full((3, 1), number, np.float32), np.full((1,), number, np.float32)])
        with publication.change() as folder:
            if last:
                learner.save(folder, np.ones((4, 3), np.float32), lambda _: None)
            else:
                learner.save_snapshot(folder)

    publish(0)
    ended = threading.Event()
    found: list[float] = []
    errors: list[Exception] = []

    def read() -> None:
        while not ended.is_set():
            try:
                signature = tf.saved_model.load(str(publication.folder)).signatures["serving_default"]
                found.append(float(signature(rows=tf.ones((1, 3)))["sum"][0, 0]))
            except Exception as error:
                errors.append(error)
                return

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, SNAPSHOTS):
        publish(number)
    publish(SNAPSHOTS, last=True)
    ended.set()
    reader.join()
    assert not errors
    assert len(found) > 1
    assert all(value % 4 == 0 for value in found)
    assert found == sorted(found)
    signature = tf.saved_model.load(str(publication.folder)).signatures["serving_default"]
    assert float(signature(rows=tf.ones((1, 3)))["sum"][0, 0]) == 4 * SNAPSHOTS
    assert sorted(path.name for path in (publication.folder / "variables").iterdir()) == [
        "variables.data-00000-of-00001",
        "variables.index",
    ]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    publication = Publication(tmp_path)
    publication.begin()
    with publication.change() as folder:
        (folder / "model.onnx").write_text("first")

    def fail() -> None:
        with publication.change() as folder:
            (folder / "model.onnx").write_text("half")
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert (tmp_path / "model.onnx").read_text() == "first"
    assert not (tmp_path / STAGING).exists()


def test_the_model_s_own_file_comes_after_all_that_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [
        "golden.json",
        "saved_model.pb",
        "model.onnx",
        "variables/variables.index",
        "variables/variables.data-00000-of-00001",
        "params.json",
        "feature_names.txt",
    ]
    order: list[str] = []
    replace = Path.replace

    def watched(source: Path, target: Path) -> Path:
        order.append(str(target.relative_to(tmp_path)))
        return replace(source, target)

    publication = Publication(tmp_path)
    publication.begin()
    monkeypatch.setattr(Path, "replace", watched)
    with publication.change() as folder:
        (folder / "variables").mkdir()
        for name in names:
            (folder / name).touch()
    assert order == [
        "params.json",
        "feature_names.txt",
        "variables/variables.data-00000-of-00001",
        "variables/variables.index",
        "model.onnx",
        "saved_model.pb",
        "golden.json",
    ]
