"""Events for the tests of the training half: arrays in the place of files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from slipway_trainer.assignment import Assignment
from slipway_trainer.chunks import Chunk
from slipway_trainer.specs import Specs

COLUMNS = 6


def separable(events: int, classes: int = 2, seed: int = 1) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Return rows in [0, 1] that lie around one centre a class, and their classes."""
    random = np.random.default_rng(seed)
    y = random.integers(0, classes, events)
    centres = np.random.default_rng(99).random((classes, COLUMNS)) * 0.6 + 0.2
    x = np.clip(random.normal(centres[y], 0.1), 0, 1).astype(np.float32)
    return x, y


class ArrayDataset:
    """Has what the training asks of a dataset."""

    def __init__(self, x: npt.NDArray[np.float32], y: npt.NDArray[np.int64], chunk_size: int) -> None:
        self._x, self._y, self._chunk_size = x, y, chunk_size
        self.columns = [f"column_{index}" for index in range(x.shape[1])]
        self.minima = np.zeros(x.shape[1])
        self.maxima = np.ones(x.shape[1])
        self.events = len(y)
        self.classes = int(y.max()) + 1
        self.specs = Specs({}, {})
        self.specs_texts = {"specs-events.json": "{}", "global-specs.json": "{}"}

    def first_pass(self) -> None:
        """Know everything already."""

    def chunks(self) -> Iterator[Chunk]:
        for start in range(0, self.events, self._chunk_size):
            part = slice(start, start + self._chunk_size)
            yield Chunk(self._x[part], np.ones(self._x[part].shape, bool), self._y[part])

    def close(self) -> None:
        """Hold nothing."""


def assignment(folder: Path, model: str, params: str = "{}") -> Assignment:
    """Write the files of a training whose events are given as arrays."""
    folder.mkdir(exist_ok=True)
    (folder / "files.txt").write_text("events.root\n")
    (folder / "labels.txt").write_text("1\n")
    (folder / "model.py").write_text(model)
    (folder / "params.json").write_text(params)
    return Assignment(
        name="luca_1",
        folder=folder,
        files="files.txt",
        labels="labels.txt",
        model="model.py",
        params="params.json",
        specs=folder,
        output=folder / "output",
    )
