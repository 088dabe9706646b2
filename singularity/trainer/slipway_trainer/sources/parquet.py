"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from slipway_trainer.sources.arrow import ArrowSource

BATCH = 10_240
BUFFER = 1 << 20


class ParquetSource(ArrowSource):
    """A Parquet file, read a batch of rows at a time."""

    kind = "Parquet"

    def __init__(self, name: str, path: Path) -> None:
        """Open the file."""
        super().__init__(name, path)
        with self.reading(), pq.ParquetFile(path) as file:
            self.entries = file.metadata.num_rows

    def schema(self) -> pa.Schema:
        """Give the file's columns."""
        with pq.ParquetFile(self.path) as file:
            return file.schema_arrow

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give the file's rows; pages are read as they are wanted, not whole groups of rows at once."""
        with pq.ParquetFile(self.path, buffer_size=BUFFER, pre_buffer=False) as file:
            yield from file.iter_batches(BATCH, columns=list(names), use_threads=False)
