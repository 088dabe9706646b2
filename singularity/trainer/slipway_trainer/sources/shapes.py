"""How a ROOT branch's bytes become numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from uproot.behaviors.TBranch import TBranch
from uproot.interpretation.jagged import AsJagged
from uproot.interpretation.numerical import AsDtype, Numerical

from slipway_trainer.columns import NUMBERS


@dataclass(frozen=True, slots=True)
class Shape:
    """A branch of numbers.

    Attributes
    ----------
    stored : dtype or None
        The values as they lie in the file, most often big-endian; None where uproot has to unpack them.
    width : int
        Values an event where that number is fixed; 0 where it changes from event to event.
    header : int
        Bytes before each event's list, as ``std::vector`` has them.
    """

    stored: np.dtype[Any] | None
    width: int
    header: int = 0

    @property
    def jagged(self) -> bool:
        """Whether an event has a list; a fixed-size array is a list that is equally long in each event."""
        return self.width != 1


def shape_of(branch: TBranch, entries: int) -> Shape | str:
    """Give a branch's shape, or words for what it holds where that is no number."""
    interpretation = branch.interpretation
    if branch.num_entries != entries:
        return f"{branch.num_entries} entries in place of {entries}"
    if isinstance(interpretation, AsDtype):
        return _flat(interpretation) or str(branch.typename)
    if isinstance(interpretation, AsJagged):
        content = interpretation.content
        inner = _flat(content) if isinstance(content, AsDtype) else None
        if inner is None or inner.width != 1:
            return str(branch.typename)
        return Shape(inner.stored, 0, interpretation.header_bytes)
    if isinstance(interpretation, Numerical) and not getattr(interpretation, "to_dims", ()):
        return Shape(None, 1)
    return "an unknown type" if isinstance(interpretation, Exception) else str(branch.typename)


def _flat(interpretation: AsDtype) -> Shape | None:
    stored = interpretation.from_dtype
    base, dimensions = (stored.base, stored.shape) if stored.subdtype else (stored, interpretation.inner_shape)
    if base.names is not None or base.kind not in NUMBERS or base.itemsize > 8:
        return None
    return Shape(base, math.prod(dimensions))
