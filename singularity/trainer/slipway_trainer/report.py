"""The figures of a training, for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from slipway_trainer.frameworks.learner import Learner
from slipway_trainer.history import History
from slipway_trainer.judgement import Judgement

LARGEST = 60_000
"""Bytes of ``metrics.json``; the server shows it up to 64 KiB."""


def write(folder: Path, history: History, judgement: Judgement, learner: Learner, events: int, seconds: float) -> None:
    """Write ``metrics.json``: figures of the test and of the training, and the history.

    A history that is too long for it is left in ``history.json`` alone.

    Parameters
    ----------
    events
        Of all chunks, test events included.
    seconds
        From the start of the training.
    """
    figures: dict[str, Any] = {
        "test_auc": judgement.auc,
        "test_accuracy": judgement.accuracy,
        "test_loss": judgement.loss,
        "test_events": judgement.events,
        "events": events,
        "columns": learner.columns,
        "chunks": max(history.chunks, default=0),
        "epochs": len(history.epochs),
        "seconds": round(seconds, 3),
        "framework": learner.framework,
    }
    document = history.document()
    text = json.dumps({**figures, "history": document}, allow_nan=False)
    if len(text) > LARGEST:
        (folder / "history.json").write_text(json.dumps(document, allow_nan=False))
        text = json.dumps(figures, allow_nan=False)
    (folder / "metrics.json").write_text(text)
