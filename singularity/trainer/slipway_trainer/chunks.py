"""A chunk: what one round of training gets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Chunk:
    """Rows of events.

    Attributes
    ----------
    x : float32[events, columns]
        Scaled to [0, 1] by the specs; where a value is missing, the parameter ``nan``.
    mask : bool[events, columns]
        True where a value is.
    y : int64[events]
        The label of each event.
    """

    x: npt.NDArray[np.float32]
    mask: npt.NDArray[np.bool_]
    y: npt.NDArray[np.int64]
