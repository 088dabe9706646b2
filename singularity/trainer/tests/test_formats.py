"""Rows out of JSON, CSV, Parquet and Avro files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastavro
import numpy as np
import oracle
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from samples import all_chunks, dataset, write_tree
from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.json_text import Lines

EVENTS = 30_000
"""Enough for several blocks of a mebibyte."""


def records() -> list[dict[str, Any]]:
    """Give events with numbers, booleans, lists, nothing, and text with all that JSON has."""
    random = np.random.default_rng(1)
    numbers, doubles = random.integers(0, 9, EVENTS), random.normal(size=EVENTS)
    return [
        {
            "number": int(numbers[k]) if k != EVENTS - 5 else 2.5,
            "double": None if k % 7 == 0 else float(doubles[k]),
            "truth": bool(k % 2),
            "text": f'a"[{{,\\\\{k}\\',
            "list": [float(value) for value in doubles[k : k + k % 4]],
            "other": {"x": 1, "y": [[1], [2]]},
        }
        for k in range(EVENTS)
    ]


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows))


def write_words(path: Path, rows: list[dict[str, Any]]) -> None:
    words = [float("nan"), float("inf"), -float("inf")]
    write_lines(path, [{**row, "double": words[k % 3]} if row["double"] is None else row for k, row in enumerate(rows)])


def write_gzip(path: Path, rows: list[dict[str, Any]]) -> None:
    with gzip.open(path, "wt") as stream:
        stream.write("\n".join(json.dumps(row) for row in rows) + "\n")


def write_array(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(rows))


def write_pretty(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(rows, indent=2))


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist([{**row, "number": float(row["number"])} for row in rows])
    pq.write_table(table, path, row_group_size=7000)


def write_avro(path: Path, rows: list[dict[str, Any]]) -> None:
    kinds = {
        "number": "double",
        "double": ["null", "double"],
        "truth": "boolean",
        "text": "string",
        "list": {"type": "array", "items": "double"},
    }
    fields = [{"name": name, "type": kind} for name, kind in kinds.items()]
    with path.open("wb") as stream:
        schema = {"type": "record", "name": "event", "fields": fields}
        fastavro.writer(stream, schema, [{name: row[name] for name in kinds} for row in rows], codec="deflate")


def write_csv(path: Path, rows: list[dict[str, Any]], comma: str = ",") -> None:
    lines = [comma.join(("number", "double", "truth", "text"))]
    for row in rows:
        double = "" if row["double"] is None else repr(row["double"])
        lines.append(comma.join((repr(row["number"]), double, str(row["truth"]).lower(), f"t{row['number']}x")))
    path.write_text("\n".join(lines) + "\n")


def write_semicolons(path: Path, rows: list[dict[str, Any]]) -> None:
    write_csv(path, rows, ";")


WRITERS: dict[str, tuple[str, Callable[[Path, list[dict[str, Any]]], None]]] = {
    "JSON lines": ("a.json", write_lines),
    "JSON lines with NaN and Infinity": ("a.jsonl", write_words),
    "compressed JSON lines": ("a.json.gz", write_gzip),
    "a JSON array": ("a.json", write_array),
    "a JSON array over many lines": ("a.json", write_pretty),
    "Parquet": ("a.parquet", write_parquet),
    "Avro": ("a.avro", write_avro),
    "CSV": ("a.csv", write_csv),
    "CSV with semicolons": ("a.csv", write_semicolons),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_rows_of_other_kinds_of_files_are_those_made_event_by_event(tmp_path: Path, kind: str) -> None:
    (tmp_path / "data").mkdir()
    rows = records()
    name, write = WRITERS[kind]
    write(tmp_path / "data" / name, rows)
    names = ["number", "double", "truth"] + ([] if name == "a.csv" else ["list"])
    lines: list[str] = []
    data = dataset(tmp_path / "data", [name], shuffle=False, chunk_size=7777, log=lines.append)
    chunk = all_chunks(data)
    columns = {each: [np.nan if row[each] is None else row[each] for row in rows] for each in names}
    expected, x, mask = oracle.rows(columns)
    assert data.columns == expected
    np.testing.assert_array_equal(chunk.mask, mask)
    np.testing.assert_allclose(chunk.x, x, atol=1e-6)
    assert any("skipped" in line and "text" in line for line in lines)


def test_a_kind_may_be_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "events").write_text("x,y\n1,2\n3,4\n")
    assert all_chunks(dataset(tmp_path / "data", ["events"], dtype="CSV")).x.tolist() == [[1, 1], [0, 0]]
    with pytest.raises(TrainerError, match="ends like none of root, json, csv, parquet, avro"):
        dataset(tmp_path / "data", ["events"])
    with pytest.raises(TrainerError, match="dtype is 'xml'"):
        dataset(tmp_path / "data", ["events"], dtype="xml")


def test_files_of_several_kinds_are_one_dataset(tmp_path: Path) -> None:
    write_tree(tmp_path / "data" / "a.root", {"x": np.arange(10, dtype="f4")})
    (tmp_path / "data" / "b.csv").write_text("x\n" + "\n".join(str(value) for value in range(10, 20)))
    chunk = all_chunks(dataset(tmp_path / "data", ["a.root", "b.csv"], shuffle=False))
    np.testing.assert_allclose(chunk.x[:, 0], np.arange(20) / 19, atol=1e-6)
    assert chunk.y.tolist() == [0] * 10 + [1] * 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '{"x": 1}\n{"x": '),
        ("a.json", '[{"x": 1}, {"x": 2},'),
        ("a.json", "[1, 2]"),
        ("a.json", '{"x": 1}\n{"x": "y"}\n'),
        ("a.csv", "x,y\n1,2\n3\n"),
        ("a.csv", "1,2\n3,4\n"),
        ("a.csv", "x,x\n3,4\n"),
        ("a.parquet", "PAR1 nothing"),
        ("a.avro", "Obj\1nothing"),
        ("a.json.gz", "nothing"),
    ],
)
def test_a_damaged_file_is_one_sentence_that_names_it(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_text(content)
    with pytest.raises(TrainerError) as caught:
        all_chunks(dataset(tmp_path / "data", [name]))
    assert str(caught.value).startswith(name) and "\n" not in str(caught.value)


class Pieces:
    """A stream that gives its bytes a few at a time."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content = content
        self._size = size

    def read(self, size: int) -> bytes:
        """Give the next few bytes."""
        piece, self._content = self._content[: self._size], self._content[self._size :]
        return piece


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
@pytest.mark.parametrize("indent", [None, 1])
def test_an_array_becomes_lines_wherever_its_blocks_are_cut(size: int, indent: int | None) -> None:
    rows = [{"x": [1, [2, {"y": '],"}{\\\\'}]], "s": '\\"' * k + "\\" * k, "n": None} for k in range(5)]
    lines = Lines(Pieces(json.dumps(rows, indent=indent).encode(), size))
    text = b""
    while block := lines.read(size):
        text += block
    assert [json.loads(line) for line in text.decode().splitlines()] == rows
