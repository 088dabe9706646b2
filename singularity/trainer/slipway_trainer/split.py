"""Which events of a chunk are for training, validation and test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SEED = 21
TEST_SHARE = 0.2
VALIDATION_SHARE = 0.2
"""Of what the test leaves."""
FEWEST = 5
"""Events below which a chunk is not split."""

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Split:
    """Numbers of a chunk's events; each event is in one of the three."""

    train: Indices
    validation: Indices
    test: Indices

    @classmethod
    def of(
        cls, y: npt.NDArray[np.int64], log: Callable[[str], None], *, seed: int = SEED, test_share: float | None = None
    ) -> Split:
        """Split events so that all three have each label in its proportion.

        Parameters
        ----------
        y
            The label of each event.
        test_share
            The test's share of all; a fifth where None.
        """
        everything = np.arange(len(y))
        share = TEST_SHARE if test_share is None else test_share
        if len(y) < FEWEST or len(y) - np.ceil(share * len(y)) < 2:
            # Learned from, epoch by epoch, a single event would weigh as much as a batch, and some layers refuse it.
            log(f"a chunk of {len(y)} events is too small to be split: all are for test")
            return cls(everything[:0], everything[:0], everything)
        rest, test = _divided(everything, y, share, seed, log)
        train, validation = _divided(rest, y[rest], VALIDATION_SHARE, seed, log)
        return cls(train, validation, test)


def _divided(
    numbers: Indices, y: npt.NDArray[np.int64], share: float, seed: int, log: Callable[[str], None]
) -> tuple[Indices, Indices]:
    from sklearn.model_selection import train_test_split

    labels, counts = np.unique(y, return_counts=True)
    fewest = int(counts.argmin())
    taken = int(np.ceil(share * len(y)))
    stratified = counts[fewest] >= 2 and min(taken, len(y) - taken) >= len(labels)
    if not stratified:
        log(
            f"the label {labels[fewest]} has {counts[fewest]} of {len(y)} events, too few for each part to have some:"
            " they are split without regard to labels"
        )
    first, second = train_test_split(numbers, stratify=y if stratified else None, test_size=share, random_state=seed)
    return first, second
