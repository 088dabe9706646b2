"""Whether a form of the model gives what the framework gives."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from slipway_trainer.errors import TrainerError

TOLERANCE = 1e-5
"""Largest difference between two forms: ``|found - wanted| <= TOLERANCE * max(1, |wanted|)``, as the server has it."""


def check_agreement(form: str, found: Mapping[str, np.ndarray], expected: Mapping[str, np.ndarray]) -> None:
    """Compare outputs by their names.

    Raises
    ------
    TrainerError
        Where one is missing, or differs by more than the tolerance.
    """
    for name, wanted in expected.items():
        if name not in found:
            raise TrainerError(f"{form} has no output {name}; it has {', '.join(found)}")
        difference = np.abs(found[name] - wanted) / np.maximum(1, np.abs(wanted))
        if found[name].shape != wanted.shape or not np.all(difference <= TOLERANCE):
            raise TrainerError(
                f"{form} gives other values than the model that was trained: the largest difference in its output"
                f" {name} is {np.max(difference, initial=0):.3g}, and {TOLERANCE} is allowed"
            )
