"""Events as columns, the form between files and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

NUMBERS = "biuf"
"""NumPy's kinds of booleans, integers and floats."""


@dataclass(frozen=True, slots=True)
class Jagged:
    """A branch with a list an event.

    Attributes
    ----------
    offsets : int[events + 1]
        Event ``i`` has ``content[offsets[i]:offsets[i + 1]]``; the first need not be 0.
    content : array
        The values of all events, in any byte order.
    """

    offsets: npt.NDArray[np.integer[Any]]
    content: npt.NDArray[Any]

    @property
    def values(self) -> npt.NDArray[Any]:
        """The content that belongs to these events."""
        return self.content[self.offsets[0] : self.offsets[-1]]

    @property
    def counts(self) -> npt.NDArray[np.integer[Any]]:
        """Values an event."""
        return self.offsets[1:] - self.offsets[:-1]


Column = npt.NDArray[Any] | Jagged
"""One value an event, in any byte order, or one list an event."""


@dataclass(frozen=True, slots=True)
class Events:
    """A span of events: how many, and their columns by name."""

    count: int
    columns: dict[str, Column]

    @property
    def nbytes(self) -> int:
        """Bytes of the values, and of the lengths of lists, in memory."""
        return sum(
            column.values.nbytes + 4 * self.count if isinstance(column, Jagged) else column.nbytes
            for column in self.columns.values()
        )

    def span(self, start: int, stop: int) -> Events:
        """Give the events from ``start`` to before ``stop``, without a copy."""
        if start == 0 and stop == self.count:
            return self
        return Events(stop - start, {name: span(column, start, stop) for name, column in self.columns.items()})

    def only(self, names: Sequence[str]) -> Events:
        """Give the named columns alone."""
        return Events(self.count, {name: self.columns[name] for name in names})

    def kept(self, mask: npt.NDArray[np.bool_]) -> Events:
        """Give the events for which ``mask`` is true."""
        count = int(np.count_nonzero(mask))
        if count == self.count:
            return self
        return Events(count, {name: _kept(column, mask) for name, column in self.columns.items()})


def span(column: Column, start: int, stop: int) -> Column:
    """Give a column's events from ``start`` to before ``stop``, without a copy."""
    if isinstance(column, Jagged):
        return Jagged(column.offsets[start : stop + 1], column.content)
    return column[start:stop]


def join(pieces: Sequence[Column]) -> Column:
    """Put pieces of one column one after the other."""
    if len(pieces) == 1:
        return pieces[0]
    flat = [piece for piece in pieces if not isinstance(piece, Jagged)]
    if len(flat) == len(pieces):
        return np.concatenate(flat)
    jagged = [piece for piece in pieces if isinstance(piece, Jagged)]
    counts = np.concatenate([piece.counts for piece in jagged])
    return Jagged(offsets(counts), np.concatenate([piece.values for piece in jagged]))


def join_events(pieces: Sequence[Events]) -> Events:
    """Put spans of events that have the same columns one after the other."""
    if len(pieces) == 1:
        return pieces[0]
    columns = {name: join([piece.columns[name] for piece in pieces]) for name in pieces[0].columns}
    return Events(sum(piece.count for piece in pieces), columns)


def offsets(counts: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.int64]:
    """Give the offsets of lists of these lengths."""
    result = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=result[1:])
    return result


def regular(values: npt.NDArray[Any]) -> Jagged:
    """Give an array of a fixed number of values an event, of any shape, as lists that are equally long."""
    events = values.shape[0]
    width = int(np.prod(values.shape[1:]))
    return Jagged(np.arange(events + 1, dtype=np.int64) * width, values.reshape(-1))


def native(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Give the values in the machine's byte order."""
    return values if values.dtype.isnative else values.astype(values.dtype.newbyteorder("="))


def _kept(column: Column, mask: npt.NDArray[np.bool_]) -> Column:
    if not isinstance(column, Jagged):
        return column[mask]
    counts = column.counts
    return Jagged(offsets(counts[mask]), column.values[np.repeat(mask, counts)])
