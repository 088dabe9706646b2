"""The first pass over one file."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from slipway_trainer.columns import Column, Events, Jagged, native
from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.source import Stream
from slipway_trainer.specs import BranchSpecs

BLOCK = 10_240
"""Events at a time: few enough for a block's columns to stay in a core's cache."""

LINES = 10
"""Chunks that get a line in the log each; after them a line sums up about a second."""


class Ranges:
    """The range of one branch, grown block by block."""

    def __init__(self, jagged: bool) -> None:
        """Begin without a value."""
        self._jagged = jagged
        self._minimum: float | None = None
        self._maximum: float | None = None
        self._length = 0 if jagged else 1
        self._missing = 0

    def grow(self, column: Column) -> None:
        """Take in the values of a block."""
        if isinstance(column, Jagged):
            if len(column.offsets) > 1:
                self._length = max(self._length, int(column.counts.max()))
            column = column.values
        if not column.size:
            return
        values = native(column)
        if values.dtype.kind == "b":
            values = values.view(np.uint8)
        minimum, maximum = float(values.min()), float(values.max())
        if not (np.isfinite(minimum) and np.isfinite(maximum)):
            finite = values[np.isfinite(values)]
            self._missing += values.size - finite.size
            if not finite.size:
                return
            minimum, maximum = float(finite.min()), float(finite.max())
        self._minimum = minimum if self._minimum is None else min(self._minimum, minimum)
        self._maximum = maximum if self._maximum is None else max(self._maximum, maximum)

    @property
    def specs(self) -> BranchSpecs:
        """The specs of all values so far."""
        return BranchSpecs(self._jagged, self._minimum, self._maximum, self._length, self._missing)


class Progress:
    """The log lines of reading."""

    def __init__(self, log: Callable[[str], None]) -> None:
        """Write to ``log``."""
        self._log = log
        self._lines = 0
        self._entries = self._bytes = self._branches = 0
        self._seconds = 0.0
        self._told = time.monotonic()

    def read(self, events: Events, seconds: float) -> None:
        """Note a read: events, and seconds that it took."""
        self._entries += events.count
        self._bytes += events.nbytes
        self._branches = len(events.columns)
        self._seconds += seconds

    def chunk(self) -> None:
        """Tell of a chunk, or keep it for the next line."""
        if self._lines < LINES or time.monotonic() - self._told > 1:
            self.end()

    def end(self) -> None:
        """Tell what is not told yet."""
        if not self._entries:
            return
        megabytes, seconds = self._bytes / 1024**2, max(self._seconds, 1e-9)
        self._log(
            f"# {self._entries} entries, {self._branches} branches, {megabytes} MB, {seconds:.4f} sec, "
            f"{megabytes / seconds:.2f} MB/sec, {self._entries / seconds / 1000:.1f} kHz"
        )
        self._lines += 1
        self._entries = self._bytes = 0
        self._seconds = 0.0
        self._told = time.monotonic()


def scan(
    stream: Stream,
    features: Callable[[Events], Sequence[str]],
    label: str | None,
    *,
    name: str,
    limit: int | None,
    chunk: int,
    progress: Progress,
) -> tuple[int, dict[str, BranchSpecs], BranchSpecs | None]:
    """Read a file once.

    Parameters
    ----------
    features : function
        Gives the features among the columns of the first events.
    label : str or None
        The label branch.
    name : str
        The file's, for errors.
    limit : int or None
        Events to look at; None for all.
    chunk : int
        Events a log line.

    Returns
    -------
    events : int
        Events that were read.
    branches : dict of str to BranchSpecs
        The features.
    label : BranchSpecs or None
        The label branch.
    """
    ranges: dict[str, Ranges] | None = None
    labels = Ranges(False)
    events = in_chunk = 0
    while limit is None or events < limit:
        wanted = min(BLOCK, chunk - in_chunk)
        wanted = wanted if limit is None else min(wanted, limit - events)
        began = time.perf_counter()
        block = stream.take(wanted)
        if not block.count:
            break
        progress.read(block, time.perf_counter() - began)
        if ranges is None:
            ranges = {feature: Ranges(isinstance(block.columns[feature], Jagged)) for feature in features(block)}
        for feature, branch in ranges.items():
            branch.grow(block.columns[feature])
        if label is not None:
            labels.grow(whole_labels(block.columns[label], name, label))
        events += block.count
        in_chunk += block.count
        if in_chunk >= chunk:
            progress.chunk()
            in_chunk = 0
    progress.end()
    branches = {feature: branch.specs for feature, branch in (ranges or {}).items()}
    return events, branches, None if label is None else labels.specs


def whole_labels(column: Column, name: str, label: str) -> npt.NDArray[np.int64]:
    """Give the labels of a label branch as whole numbers.

    Raises
    ------
    TrainerError
        A label is negative, no whole number, or missing, or the branch is jagged.
    """
    if isinstance(column, Jagged):
        raise TrainerError(f"{name}: the label branch {label} has a list an event, but must have one number")
    values: npt.NDArray[Any] = native(column)
    if values.dtype.kind == "f":
        values = np.where(np.isfinite(values), values, -1.0)
    whole = values.astype(np.int64)
    wrong = np.flatnonzero((whole != values) | (whole < 0))
    if wrong.size:
        raise TrainerError(
            f"{name}: the label branch {label} has the value {values[wrong[0]]}, "
            "but labels must be whole numbers of 0 or above"
        )
    return whole
