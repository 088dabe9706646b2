"""CSV files, plain or compressed, with the columns' names in their first line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.csv as pc

from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.arrow import ArrowSource, floating

BLOCK = 1 << 20
DELIMITERS = ",;\t"


class CSVSource(ArrowSource):
    """A CSV file, read a mebibyte at a time."""

    kind = "CSV"

    def schema(self) -> pa.Schema:
        """Give the columns by what the first block has in them; whole numbers may become floats later on."""
        self._delimiter = self._sniffed()
        with self._open(None) as reader:
            schema = reader.schema
        if all(_numeric(name) for name in schema.names):
            raise TrainerError(f"{self.name}: the first line must hold the columns' names, but has numbers")
        if len(set(schema.names)) < len(schema.names):
            raise TrainerError(f"{self.name}: the first line has a name twice")
        self._schema = pa.schema([floating(field) for field in schema])
        return self._schema

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give the file's rows."""
        with self._open(list(names)) as reader:
            yield from reader

    def _open(self, names: list[str] | None) -> pc.CSVStreamingReader:
        options = {}
        if names is not None:
            options = {
                "include_columns": names,
                "column_types": {name: self._schema.field(name).type for name in names},
            }
        return pc.open_csv(
            pa.input_stream(str(self.path), compression="detect"),
            read_options=pc.ReadOptions(block_size=BLOCK, use_threads=False),
            parse_options=pc.ParseOptions(delimiter=self._delimiter),
            convert_options=pc.ConvertOptions(**options),
        )

    def _sniffed(self) -> str:
        with pa.input_stream(str(self.path), compression="detect") as stream:
            line = stream.read(1 << 16).split(b"\n", 1)[0].decode("utf-8", "replace")
        return max(DELIMITERS, key=line.count)


def _numeric(name: str) -> bool:
    try:
        float(name)
    except ValueError:
        return False
    return True
