"""Arrow's record batches as columns: what JSON, CSV, Parquet and Avro files become on their way."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from slipway_trainer.columns import Column, Events, Jagged, offsets
from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.digests import fingerprint
from slipway_trainer.sources.source import Carried, Source, Stream

DAMAGE = (pa.ArrowException, ValueError, TypeError, KeyError, OSError, EOFError, IndexError, OverflowError)
"""What readers raise for files whose bytes make no sense."""


class ArrowSource(Source):
    """A file whose reader gives record batches.

    Subclasses say what it is called, and how its schema and its batches are read.
    """

    kind: str

    def __init__(self, name: str, path: Path) -> None:
        """Open the file and read its schema."""
        self.name = name
        self.path = path
        self.entries = None
        with self.reading():
            schema = self.schema()
            self.fingerprint = fingerprint(path)
        self.branches = {}
        self.skipped = {}
        for field in schema:
            jagged = is_jagged(field.type)
            if jagged is None:
                self.skipped[field.name] = str(field.type)
            else:
                self.branches[field.name] = jagged

    def schema(self) -> pa.Schema:
        """Give the file's columns."""
        raise NotImplementedError

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give the file's record batches, with the named columns."""
        raise NotImplementedError

    def stream(self, names: Sequence[str], ahead: int) -> Stream:
        """Begin to read the named branches."""

        def events() -> Generator[Events]:
            with self.reading():
                for batch in self.batches(names):
                    yield Events(batch.num_rows, {name: column_of(batch.column(name)) for name in names})

        return Carried(events())

    def close(self) -> None:
        """Readers close their files themselves."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Say in one sentence what is wrong with the file."""
        try:
            yield
        except TrainerError:
            raise
        except DAMAGE as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            raise TrainerError(f"{self.name} is no {self.kind} file, or is corrupt or cut off ({reason})") from error


def is_jagged(kind: pa.DataType) -> bool | None:
    """Whether values of a type are lists of numbers; None where they are neither numbers nor lists of them."""
    if _is_list(kind):
        return True if _is_number(kind.value_type) else None
    return False if _is_number(kind) else None


def floating(field: pa.Field) -> pa.Field:
    """Give a column of whole numbers as one of floats: a later block of a text file may have them."""
    if _is_list(field.type):
        value = field.type.value_type
        return field.with_type(pa.list_(pa.float64())) if pa.types.is_integer(value) or _is_null(value) else field
    return field.with_type(pa.float64()) if pa.types.is_integer(field.type) or _is_null(field.type) else field


def column_of(array: pa.Array) -> Column:
    """Give an array as a column: a null is NaN in a number's place, and an empty list in a list's."""
    if not _is_list(array.type):
        return _numbers(array)
    counts = pc.fill_null(pc.list_value_length(array), 0)
    content = _numbers(array.flatten())
    return Jagged(offsets(counts.to_numpy(zero_copy_only=False)), content)


def _numbers(array: pa.Array) -> npt.NDArray[Any]:
    kind = array.type
    if array.null_count or pa.types.is_decimal(kind) or _is_null(kind):
        array = pc.fill_null(array.cast(pa.float64()), np.nan)
    return np.asarray(array.to_numpy(zero_copy_only=False))


def _is_list(kind: pa.DataType) -> bool:
    return pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)


def _is_null(kind: pa.DataType) -> bool:
    return pa.types.is_null(kind)


def _is_number(kind: pa.DataType) -> bool:
    checks: tuple[Callable[[pa.DataType], bool], ...] = (
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_boolean,
        pa.types.is_decimal,
        pa.types.is_null,
    )
    return any(check(kind) for check in checks)
