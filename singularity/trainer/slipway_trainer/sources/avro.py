"""Avro files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import fastavro
import pyarrow as pa

from slipway_trainer.sources.arrow import ArrowSource

BATCH = 10_240

NUMBERS = {
    "int": pa.int32(),
    "long": pa.int64(),
    "float": pa.float32(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "null": pa.null(),
}


class AvroSource(ArrowSource):
    """An Avro file of records, read a number of rows at a time."""

    kind = "Avro"

    def schema(self) -> pa.Schema:
        """Give the record's fields."""
        with self.path.open("rb") as stream:
            record: Any = fastavro.reader(stream).writer_schema
        if not isinstance(record, dict) or record.get("type") != "record":
            raise ValueError("it holds no records")
        self._schema = pa.schema([(field["name"], _type(field["type"])) for field in record["fields"]])
        return self._schema

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give the file's rows."""
        schema = pa.schema([self._schema.field(name) for name in names])
        with self.path.open("rb") as stream:
            records = iter(fastavro.reader(stream))
            while rows := list(islice(records, BATCH)):
                yield pa.RecordBatch.from_pylist(rows, schema)


def _type(kind: Any) -> pa.DataType:  # noqa: ANN401 # a schema is any JSON
    """Give Arrow's type for an Avro type; text stands for all that are no numbers."""
    if isinstance(kind, list):
        others = [each for each in kind if each != "null"]
        return _type(others[0]) if len(others) == 1 else pa.string()
    if isinstance(kind, dict):
        if kind.get("type") == "array":
            return pa.list_(_type(kind.get("items")))
        return pa.string() if kind.get("logicalType") else _type(kind.get("type"))
    return NUMBERS.get(kind, pa.string()) if isinstance(kind, str) else pa.string()
