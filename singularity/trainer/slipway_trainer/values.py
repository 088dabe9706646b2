"""What the values of expressions are made of."""

from __future__ import annotations

from typing import Any

import awkward as ak
import numpy as np


def boolean(value: Any) -> bool:  # noqa: ANN401 # awkward has no types
    """Whether a value, or all in its lists, are truth values."""
    if isinstance(value, ak.Array):
        numbers = _numbers(value)
        return numbers is None or numbers.dtype.kind == "b"
    return isinstance(value, bool | np.bool_)


def _numbers(value: Any) -> Any:  # noqa: ANN401
    """Give the numbers in an awkward array's lists, as NumPy has them; None where it has none at all."""
    layout = ak.to_layout(value)
    while layout.is_list or layout.is_option or layout.is_indexed:
        layout = layout.content
    return np.asarray(layout.data) if layout.is_numpy else None


def signed(value: Any) -> Any:  # noqa: ANN401
    """Give whole numbers and truth values as int64, before they are reckoned with.

    In the types that files have, ``nMuon - 1`` of no muon is 4294967295, and ``exp(charge)`` is a float16.
    """
    if not isinstance(value, ak.Array):
        return int(value) if isinstance(value, bool) else value
    numbers = _numbers(value)
    if numbers is None or numbers.dtype.kind not in "biu" or numbers.dtype == np.int64:
        return value
    fits = numbers.dtype != np.uint64 or numbers.max(initial=0) <= np.iinfo(np.int64).max
    return ak.values_astype(value, np.int64 if fits else np.float64)


def wide(value: Any) -> Any:  # noqa: ANN401
    """Give whole numbers as floats, so that neither a sign nor a power runs over."""
    if isinstance(value, ak.Array):
        return ak.values_astype(value, np.float64)
    return value
