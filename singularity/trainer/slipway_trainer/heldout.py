"""The test events of all chunks, on disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import TracebackType

import numpy as np

from slipway_trainer.errors import TrainerError
from slipway_trainer.frameworks.learner import Rows

BLOCK = 65_536
"""Events that are read at a time."""


class HeldOut:
    """Events that nothing learns from, kept in files without names until the final model is judged by them."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.events = 0
        self._x = tempfile.TemporaryFile(prefix="slipway-train-")  # noqa: SIM115 - closed by __exit__
        self._y = tempfile.TemporaryFile(prefix="slipway-train-")  # noqa: SIM115

    def __enter__(self) -> HeldOut:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x.close()
        self._y.close()

    def add(self, rows: Rows) -> None:
        """Append events: float32[events, columns] and int64[events].

        Raises
        ------
        TrainerError
            The folder of temporary files is full.
        """
        try:
            self._x.write(np.ascontiguousarray(rows.x, np.float32).data)
            self._y.write(np.ascontiguousarray(rows.y, np.int64).data)
            self._x.flush()
            self._y.flush()
        except OSError as error:
            size = (self.events + len(rows.y)) * (self.columns * 4 + 8) / 1e6
            raise TrainerError(
                f"the test events, {size:.0f} MB by now, cannot be kept in {tempfile.gettempdir()}: {error.strerror};"
                " set TMPDIR to a folder with more space"
            ) from error
        self.events += len(rows.y)

    def first(self, events: int) -> Rows:
        """Return the first events, or all where there are fewer."""
        return self._read(0, min(events, self.events))

    def blocks(self) -> Iterator[Rows]:
        """Yield all events, a block at a time."""
        for start in range(0, self.events, BLOCK):
            yield self._read(start, min(BLOCK, self.events - start))

    def _read(self, start: int, count: int) -> Rows:
        self._x.seek(start * self.columns * 4)
        self._y.seek(start * 8)
        x = np.frombuffer(self._x.read(count * self.columns * 4), np.float32).reshape(count, self.columns)
        self._x.seek(0, 2)
        y = np.frombuffer(self._y.read(count * 8), np.int64)
        self._y.seek(0, 2)
        return Rows(x.copy(), y.copy())
