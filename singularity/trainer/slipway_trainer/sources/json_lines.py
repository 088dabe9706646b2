"""JSON files, plain or compressed: an object a line, or one array of objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.json as pj

from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.arrow import ArrowSource, floating
from slipway_trainer.sources.json_text import Lines

BLOCK = 1 << 20


class JSONSource(ArrowSource):
    """A JSON file, read a mebibyte at a time. A branch that the first block has nowhere is not read."""

    kind = "JSON"

    def schema(self) -> pa.Schema:
        """Give the columns by what the first block has in them; whole numbers may become floats later on."""
        with self._open(None) as reader:
            schema = reader.schema
        if not len(schema):
            raise TrainerError(f"{self.name} must have objects with branches, one a line or in one array")
        self._schema = pa.schema([floating(field) for field in schema])
        return self._schema

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give the file's rows."""
        with self._open(pa.schema([self._schema.field(name) for name in names])) as reader:
            yield from reader

    def _open(self, schema: pa.Schema | None) -> pj.JSONStreamingReader:
        stream = pa.input_stream(str(self.path), compression="detect", buffer_size=BLOCK)
        return pj.open_json(
            pa.PythonFile(Lines(stream), mode="r"),
            read_options=pj.ReadOptions(block_size=BLOCK, use_threads=False),
            parse_options=pj.ParseOptions(
                explicit_schema=schema,
                unexpected_field_behavior="infer" if schema is None else "ignore",
            ),
        )
