"""What the training asks of a framework."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from slipway_trainer.metrics import Floats, probabilities


class Rows(NamedTuple):
    """Events: their columns, float32[events, columns], and their labels, int64[events]."""

    x: Floats
    y: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """How a chunk is fitted."""

    epochs: int
    batch_size: int
    shuffle: bool
    verbose: bool
    seed: int


class Learner(ABC):
    """A model that learns, whatever its framework."""

    framework: str
    """Its name and version."""
    main_file: str
    """The file that is served."""
    input_name: str
    columns: int
    outputs: dict[str, int]
    """Values a row, by the outputs' names; the first output is the one that is judged."""
    logits: bool
    """Whether the first output is to go through a sigmoid or softmax to be a probability."""

    @abstractmethod
    def summary(self) -> str:
        """Return the layers as text."""

    @abstractmethod
    def fit(self, train: Rows, validation: Rows | None, plan: Plan) -> list[dict[str, float]]:
        """Fit one chunk.

        Returns
        -------
        list
            One entry an epoch: ``loss``, ``val_loss`` and the metrics' values by name.
        """

    @abstractmethod
    def predict(self, x: Floats) -> dict[str, Floats]:
        """Return float32[events, values] by the outputs' names, computed by the function that is served."""

    @abstractmethod
    def loss(self, rows: Rows) -> float:
        """Return the mean loss of some events."""

    @abstractmethod
    def save_snapshot(self, folder: Path) -> None:
        """Write the model as it is now into an empty folder.

        All that changes from one snapshot to the next lies in ``main_file``, so that one rename replaces it.
        """

    @abstractmethod
    def save(self, folder: Path, sample: Floats, log: Callable[[str], None]) -> None:
        """Write the model in all its forms into an empty folder.

        Parameters
        ----------
        sample
            Rows on which the forms must agree.
        """

    def probabilities(self, x: Floats) -> Floats:
        """Return the first output's probabilities, float32[events, values]."""
        return probabilities(next(iter(self.predict(x).values())), self.logits)
