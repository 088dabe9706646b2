"""The final model, judged by the test events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from slipway_trainer.frameworks.learner import Learner
from slipway_trainer.heldout import HeldOut
from slipway_trainer.metrics import accuracy, area_under_curve


@dataclass(frozen=True)
class Judgement:
    """Figures of the test events.

    Attributes
    ----------
    auc
        None where all of them have the same label.
    """

    events: int
    loss: float
    accuracy: float
    auc: float | None

    @classmethod
    def of(cls, learner: Learner, events: HeldOut) -> Judgement:
        """Judge a model; its probabilities alone are kept in memory."""
        given, labels, loss = [], [], 0.0
        for rows in events.blocks():
            given.append(learner.probabilities(rows.x))
            labels.append(rows.y)
            loss += learner.loss(rows) * len(rows.y)
        found, y = np.concatenate(given), np.concatenate(labels)
        return cls(events.events, loss / events.events, accuracy(found, y), area_under_curve(found, y))

    def __str__(self) -> str:
        auc = "not defined, all have the same label" if self.auc is None else f"{self.auc:.4f}"
        return f"test: {self.events} events, loss {self.loss:.4f}, accuracy {self.accuracy:.4f}, AUC {auc}"
