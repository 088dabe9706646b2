"""From columns to awkward arrays, which expressions and users' functions work on, and back."""

from __future__ import annotations

from typing import Any

import awkward as ak
import numpy as np
import numpy.typing as npt

from slipway_trainer.columns import NUMBERS, Column, Events, Jagged, native, regular


def to_awkward(column: Column) -> Any:  # noqa: ANN401 # awkward has no types
    """Give a column as an awkward array, without a copy where its byte order is the machine's."""
    if not isinstance(column, Jagged):
        return ak.Array(ak.contents.NumpyArray(native(column)))
    offsets = np.asarray(column.offsets - column.offsets[0], np.int64)
    content = ak.contents.NumpyArray(np.ascontiguousarray(native(column.values)))
    return ak.Array(ak.contents.ListOffsetArray(ak.index.Index64(offsets), content))


def to_record(events: Events) -> Any:  # noqa: ANN401
    """Give events as an awkward array of records."""
    contents = [ak.to_layout(to_awkward(column)) for column in events.columns.values()]
    return ak.Array(ak.contents.RecordArray(contents, list(events.columns), length=events.count))


def from_record(array: Any) -> tuple[Events, dict[str, str]]:  # noqa: ANN401
    """Give an array of records as events, and the fields that hold no numbers, with what they hold."""
    columns: dict[str, Column] = {}
    skipped: dict[str, str] = {}
    for name in ak.fields(array):
        column = from_awkward(array[name])
        if column is None:
            skipped[name] = str(ak.type(array[name]).content)
        else:
            columns[name] = column
    return Events(len(array), columns), skipped


def from_awkward(array: Any) -> Column | None:  # noqa: ANN401
    """Give an array as a column: a missing number is NaN, a missing list empty; None where it holds no numbers."""
    if isinstance(array, np.ndarray):
        return _of_numpy(array)
    layout = ak.to_layout(ak.to_packed(array))
    if layout.is_option:
        empty: Any = [] if layout.content.is_list else np.nan
        layout = ak.to_layout(ak.to_packed(ak.fill_none(array, empty, axis=0)))
    if layout.is_unknown:
        return np.empty(0, np.float64)
    if layout.is_numpy:
        return _of_numpy(np.asarray(layout.data))
    if not layout.is_list or layout.parameter("__array__") is not None:
        return None
    layout = layout.to_ListOffsetArray64(True)
    content = layout.content
    if content.is_option:
        content = ak.to_layout(ak.to_packed(ak.fill_none(ak.Array(content), np.nan, axis=0)))
    if content.is_unknown:
        content = ak.contents.NumpyArray(np.empty(0, np.float64))
    if not content.is_numpy or content.data.ndim != 1 or content.data.dtype.kind not in NUMBERS:
        return None
    offsets = np.asarray(layout.offsets.data)
    return Jagged(offsets, np.asarray(content.data))


def _of_numpy(array: npt.NDArray[Any]) -> Column | None:
    if array.dtype.kind not in NUMBERS:
        return None
    return array if array.ndim == 1 else regular(array)
