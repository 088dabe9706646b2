"""Writes predictions in chunks as CSV, npy, Parquet or JSON.

A chunk is a dictionary of columns, arrays of shape (rows,). A result has its name only when it is whole.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from slipway_rows import ScoringError


def flatten(outputs: dict[str, Any]) -> dict[str, np.ndarray]:
    """Return a column for each value of a row: ``name``, ``name_0``, or ``name_LABEL`` for scikit-learn's maps."""
    columns: dict[str, np.ndarray] = {}
    for name, value in outputs.items():
        if isinstance(value, list):
            for label in value[0] if value else ():
                columns[f"{name}_{label}"] = np.asarray([row[label] for row in value])
            continue
        rows = value.reshape(len(value), -1)
        if rows.dtype == np.object_:
            rows = np.asarray([[x.decode() if isinstance(x, bytes) else str(x) for x in row] for row in rows], object)
        for index in range(rows.shape[1]):
            columns[name if rows.shape[1] == 1 else f"{name}_{index}"] = rows[:, index]
    return columns


class Result:
    """The result file of one format."""

    def __init__(self, folder: Path, form: str) -> None:
        self.path = folder / f"result.{form}"
        self.partial = folder / f".result.{form}"
        self.form = form
        self.rows = 0
        self.columns: list[str] | None = None
        self.file = None if form == "parquet" else self.partial.open("wb")
        self.parquet: Any = None
        self.dtype: np.dtype | None = None

    def write(self, columns: dict[str, np.ndarray]) -> None:
        """Add rows."""
        if self.columns is None:
            self.columns = list(columns)
        elif list(columns) != self.columns:
            raise ScoringError(f"the model's outputs changed from {self.columns} to {list(columns)} within the file")
        getattr(self, f"_write_{self.form}")(columns)
        self.rows += len(next(iter(columns.values())))

    def finish(self) -> None:
        """Complete the file, and give it its name."""
        if self.form == "npy":
            self._write_npy_header()
        elif self.form == "json":
            self.file.write(b"\n]\n" if self.rows else b"[]\n")
        if self.parquet is not None:
            self.parquet.close()
        if self.file is not None:
            self.file.close()
        self.partial.rename(self.path)

    def _write_csv(self, columns: dict[str, np.ndarray]) -> None:
        import pandas as pd

        pd.DataFrame(columns).to_csv(self.file, index=False, header=self.rows == 0, lineterminator="\n")

    def _write_json(self, columns: dict[str, np.ndarray]) -> None:
        lists = [column.tolist() for column in columns.values()]
        for index, row in enumerate(zip(*lists, strict=True)):
            self.file.write(b"[\n" if self.rows + index == 0 else b",\n")
            finite = (None if isinstance(x, float) and not np.isfinite(x) else x for x in row)
            self.file.write(json.dumps(dict(zip(columns, finite, strict=True)), ensure_ascii=False).encode())

    def _write_parquet(self, columns: dict[str, np.ndarray]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.table(columns)
        if self.parquet is None:
            self.parquet = pq.ParquetWriter(self.partial, table.schema)
        self.parquet.write_table(table)

    def _write_npy(self, columns: dict[str, np.ndarray]) -> None:
        texts = [name for name, column in columns.items() if column.dtype == np.object_]
        if texts:
            raise ScoringError(f"{texts[0]} is text, which npy cannot hold; choose csv, parquet or json")
        rows = np.stack(list(columns.values()), axis=1)
        if self.dtype is None:
            self.dtype = rows.dtype
            self._write_npy_header()
        self.file.write(rows.astype(self.dtype, copy=False).tobytes())

    def _write_npy_header(self) -> None:
        """Write the header at the file's begin, where 128 bytes are kept for it: numpy.lib.format, version 1.0."""
        shape = (self.rows, len(self.columns or []))
        descr = np.lib.format.dtype_to_descr(self.dtype or np.dtype(np.float32))
        text = repr({"descr": descr, "fortran_order": False, "shape": shape})
        self.file.seek(0)
        self.file.write(b"\x93NUMPY\x01\x00" + (118).to_bytes(2, "little") + text.ljust(117).encode() + b"\n")
