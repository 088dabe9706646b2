"""How good a model's probabilities are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def probabilities(scores: Floats, logits: bool) -> Floats:
    """Return a model's outputs, float32[events, values], as probabilities.

    Parameters
    ----------
    logits
        Whether they are to go through a sigmoid, where there is one value, or a softmax.
    """
    if not logits:
        return scores
    if scores.shape[1] == 1:
        return np.asarray(0.5 * (1 + np.tanh(0.5 * scores)), np.float32)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def accuracy(given: Floats, y: npt.NDArray[np.int64]) -> float:
    """Return the share of events whose most probable label is theirs."""
    found = given[:, 0] > 0.5 if given.shape[1] == 1 else given.argmax(axis=1)
    return float(np.mean(found == y))


def area_under_curve(given: Floats, y: npt.NDArray[np.int64]) -> float | None:
    """Return the area under the ROC curve; for more than two labels the mean of each one's against all others.

    None where the events have one label only, and where the model gives what is not a number.
    """
    from sklearn.metrics import roc_auc_score

    present = np.unique(y)
    if len(present) < 2 or not np.isfinite(given).all():
        return None
    if given.shape[1] <= 2:
        return float(roc_auc_score(y == 1, given[:, -1]))
    return float(np.mean([roc_auc_score(y == label, given[:, label]) for label in present]))
