"""From columns to rows: one row an event, scaled."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from slipway_trainer.columns import Column, Events, Jagged, native
from slipway_trainer.errors import TrainerError
from slipway_trainer.specs import BranchSpecs


class Rows:
    """The columns of a row, and how events are written into rows.

    A row has the flat branches by name, then the jagged branches by name, each as wide as its longest event.

    Attributes
    ----------
    columns : list of str
        Their names.
    minima, maxima : float64[columns]
        The values that become 0 and 1.
    """

    def __init__(self, branches: dict[str, BranchSpecs], nan: float) -> None:
        """Lay out the columns; ``nan`` is written where a value is missing."""
        self.nan = nan
        self._flat = [name for name in sorted(branches) if not branches[name].jagged]
        self._jagged: list[tuple[str, int, int]] = []
        self.columns = list(self._flat)
        widths = [1] * len(self._flat)
        taken = set(branches)
        for name in sorted(branches):
            branch = branches[name]
            if branch.jagged:
                self._jagged.append((name, len(self.columns), branch.length))
                plain = [f"{name}_{index}" for index in range(branch.length)]
                clash = not taken.isdisjoint(plain)
                self.columns += [f"{name}[{index}]" for index in range(branch.length)] if clash else plain
                widths.append(branch.length)
        ordered = [branches[name] for name in (*self._flat, *(name for name, _, _ in self._jagged))]
        self.minima = np.repeat([branch.minimum or 0.0 for branch in ordered], widths).astype(np.float64)
        self.maxima = np.repeat([branch.maximum or 0.0 for branch in ordered], widths).astype(np.float64)
        self._scales = {name: Scale.of(branches[name]) for name in branches}
        self._gaps = {name for name, branch in branches.items() if branch.missing}

    @property
    def flat(self) -> bool:
        """Whether all branches are flat."""
        return not self._jagged

    def raw(self) -> Rows:
        """Give the same rows without scaling, NaN where a value is missing."""
        rows = object.__new__(Rows)
        rows.__dict__.update(self.__dict__)
        rows.nan = np.nan
        rows._scales = dict.fromkeys(self._scales, Scale(0.0, 1.0))
        return rows

    def empty(self, events: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Give rows and mask for ``events``, with nothing in them."""
        shape = (events, len(self.columns))
        x = np.zeros(shape, np.float32) if self.nan == 0 else np.full(shape, self.nan, np.float32)
        return x, np.zeros(shape, np.bool_)

    def fill(
        self,
        x: npt.NDArray[np.float32],
        mask: npt.NDArray[np.bool_],
        places: npt.NDArray[np.intp] | slice,
        events: Events,
    ) -> None:
        """Write events into rows.

        Parameters
        ----------
        x : float32[rows, columns]
            What `empty` gave.
        mask : bool[rows, columns]
            Becomes true where a value is.
        places : intp[events] or slice
            The row of each event.
        """
        with np.errstate(all="ignore"):
            if self._flat:
                self._fill_flat(x, mask, places, events)
            if self._jagged:
                rows = np.arange(places.start, places.stop) if isinstance(places, slice) else places
                self._fill_jagged(x, mask, rows, events)

    def _fill_flat(
        self,
        x: npt.NDArray[np.float32],
        mask: npt.NDArray[np.bool_],
        places: npt.NDArray[np.intp] | slice,
        events: Events,
    ) -> None:
        width = len(self._flat)
        # Columns are written next to each other into a block that stays in the cache; whole rows go to their places.
        block = x[places, :width] if isinstance(places, slice) else np.empty((events.count, width), np.float32)
        buffer = np.empty(events.count, np.float32)
        mask[places, :width] = True
        for index, name in enumerate(self._flat):
            column = _flat(events.columns[name], name)
            scaled = self._scales[name].apply(column, buffer)
            if name in self._gaps:
                finite = np.isfinite(native(column))
                scaled = np.where(finite, scaled, np.float32(self.nan))
                mask[places, index] = finite
            block[:, index] = scaled
        if not isinstance(places, slice):
            x[places, :width] = block

    def _fill_jagged(
        self, x: npt.NDArray[np.float32], mask: npt.NDArray[np.bool_], rows: npt.NDArray[np.intp], events: Events
    ) -> None:
        cells, present = x.reshape(-1), mask.reshape(-1)
        indices = Indices(rows, x.shape[1])
        for name, first, length in self._jagged:
            column = events.columns[name]
            if not isinstance(column, Jagged):
                raise TrainerError(f"the branch {name} is jagged in one file and flat in another: exclude it")
            index = indices.of(column, name, length)
            values = column.values
            scaled = self._scales[name].apply(values, np.empty(values.size, np.float32))
            if name in self._gaps:
                finite = np.isfinite(native(values))
                index, scaled = index[finite], scaled[finite]
            cells[first:][index] = scaled
            present[first:][index] = True


class Scale:
    """How a branch's values become numbers from 0 to 1: ``(value - minimum) / (maximum - minimum)``."""

    __slots__ = ("_factor", "_minimum", "_range", "_single")

    def __init__(self, minimum: float, maximum: float) -> None:
        """Take the range; where it is one value, that becomes 0."""
        # A range may be wider than float64's largest number: its halves are not.
        self._factor = 1.0 if np.isfinite(maximum - minimum) else 0.5
        self._minimum = np.float64(minimum * self._factor)
        self._range = np.float64((maximum * self._factor - minimum * self._factor) or 1.0)
        self._single: tuple[np.float32, np.float32] | None = None
        # In float32 the difference of two float32 values is as exact as its result can be, if the ends are float32
        # too: they are where all files have float32. Division (not a multiplication) makes the maximum exactly 1.
        with np.errstate(over="ignore"):
            ends = np.array([minimum, maximum], np.float32)
            width = ends[1] - ends[0]
        if np.array_equal(ends, [minimum, maximum]) and np.isfinite(width):
            self._single = (ends[0], width or np.float32(1))

    @classmethod
    def of(cls, branch: BranchSpecs) -> Scale:
        """Scale by the specs of a branch."""
        return cls(branch.minimum or 0.0, branch.maximum or 0.0)

    def apply(self, values: npt.NDArray[Any], out: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Write the scaled values to ``out``, which is as long."""
        if self._single is not None and values.dtype.kind == "f" and values.dtype.itemsize == 4:
            minimum, width = self._single
            np.copyto(out, values)
            np.subtract(out, minimum, out=out)
            np.divide(out, width, out=out)
        else:
            wide = values.astype(np.float64)
            if self._factor != 1:
                np.multiply(wide, self._factor, out=wide)
            np.subtract(wide, self._minimum, out=wide)
            np.divide(wide, self._range, out=wide)
            np.copyto(out, wide, casting="same_kind")
        return out


class Indices:
    """Where the values of lists go in rows, worked out once for all branches that have the same lengths."""

    def __init__(self, rows: npt.NDArray[np.intp], width: int) -> None:
        """Put the values of event ``i`` into row ``rows[i]``, which is ``width`` cells wide."""
        self._begins = rows * width
        self._steps = np.empty(0, np.intp)
        self._known: list[tuple[npt.NDArray[np.int64], int, npt.NDArray[np.intp]]] = []

    def of(self, column: Jagged, name: str, length: int) -> npt.NDArray[np.intp]:
        """Give the cell of each value, counted from the branch's first column in row 0."""
        offsets = column.offsets - column.offsets[0]
        found = next((entry for entry in self._known if np.array_equal(entry[0], offsets)), None)
        if found is None:
            counts = np.diff(offsets)
            index = np.repeat(self._begins - offsets[:-1], counts)
            if index.size > self._steps.size:
                self._steps = np.arange(2 * index.size)
            index += self._steps[: index.size]
            found = (offsets, int(counts.max(initial=0)), index)
            self._known.append(found)
        _, longest, index = found
        if longest > length:
            raise TrainerError(
                f"the branch {name} has an event with {longest} values, but {length} at most in its specs"
            )
        return index


def _flat(column: Column, name: str) -> npt.NDArray[Any]:
    if isinstance(column, Jagged):
        raise TrainerError(f"the branch {name} is flat in one file and jagged in another: exclude it")
    return column
