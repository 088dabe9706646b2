"""Rows made event by event, in plain Python: slow, and easy to see through."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


def rows(
    columns: Mapping[str, Sequence[Any]], nan: float = 0.0
) -> tuple[list[str], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Give names, rows and mask for columns of numbers and of lists of numbers."""
    plain = {name: [_plain(value) for value in column] for name, column in columns.items()}
    flat = sorted(name for name, column in plain.items() if not isinstance(column[0], list))
    lists = sorted(set(plain) - set(flat))
    names = list(flat)
    for name in lists:
        longest = max(len(value) for value in plain[name])
        names += [f"{name}_{index}" for index in range(longest)]
    ranges = {name: _range(column) for name, column in plain.items()}
    events = len(next(iter(plain.values())))
    x, mask = [], []
    for event in range(events):
        values = [(name, plain[name][event]) for name in flat]
        for name in lists:
            longest = sum(1 for column in names if column.rsplit("_", 1)[0] == name)
            have = plain[name][event]
            values += [(name, value) for value in have] + [(name, math.nan)] * (longest - len(have))
        x.append([_scaled(value, *ranges[name], nan) for name, value in values])
        mask.append([math.isfinite(value) for _, value in values])
    return names, np.array(x, np.float64), np.array(mask, np.bool_)


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Give a number as a float, and anything with a length as a list of floats."""
    if np.ndim(value):
        return [float(each) for each in np.asarray(value).reshape(-1)]
    return float(value)


def _range(column: Sequence[Any]) -> tuple[float, float]:
    values = [each for value in column for each in (value if isinstance(value, list) else [value])]
    finite = [value for value in values if math.isfinite(value)]
    return (min(finite), max(finite)) if finite else (0.0, 0.0)


def _scaled(value: float, minimum: float, maximum: float, nan: float) -> float:
    if not math.isfinite(value):
        return nan
    return 0.0 if maximum == minimum else (value - minimum) / (maximum - minimum)
