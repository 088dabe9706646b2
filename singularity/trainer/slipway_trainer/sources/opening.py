"""From a name in the list of files to an open source."""

from __future__ import annotations

from pathlib import Path

from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.paths import shown
from slipway_trainer.sources.source import Source

ENDINGS = {
    "root": ("root",),
    "json": ("json", "jsonl", "ndjson"),
    "csv": ("csv",),
    "parquet": ("parquet", "parq", "pq"),
    "avro": ("avro",),
}
COMPRESSED = (".gz", ".bz2")
"""Endings that JSON and CSV files may have besides."""


def kind_of(name: str, dtype: str | None) -> str:
    """Give the kind of a file: ``dtype`` where that is said, else by the name's ending.

    Raises
    ------
    TrainerError
        The ending, or ``dtype``, is of no kind that can be read.
    """
    kinds = ", ".join(ENDINGS)
    if dtype:
        if dtype.lower() not in ENDINGS:
            raise TrainerError(f"dtype is {dtype!r}, but must be one of {kinds}")
        return dtype.lower()
    plain = shown(name).lower()
    for ending in COMPRESSED:
        plain = plain.removesuffix(ending)
    for kind, endings in ENDINGS.items():
        if plain.endswith(tuple(f".{ending}" for ending in endings)):
            return kind
    raise TrainerError(f"{shown(name)} ends like none of {kinds}: say with --dtype what it is")


def open_source(name: str, place: Path | str, kind: str, tree: str) -> Source:
    """Open a file of the given kind.

    Raises
    ------
    TrainerError
        The file cannot be read, or is empty, or a remote one that is no ROOT file.
    """
    # Of a remote file the whole address: whose storage it is, is what matters where it does not answer.
    short = shown(name if isinstance(place, Path) else place)
    if kind == "root":
        from slipway_trainer.sources.root import RootSource

        return RootSource(short, place, tree)
    if not isinstance(place, Path):
        raise TrainerError(f"{short} is a remote {kind} file, but only ROOT files are read from remote")
    if not place.stat().st_size:
        raise TrainerError(f"{short} is empty: it has no byte")
    match kind:
        case "json":
            from slipway_trainer.sources.json_lines import JSONSource

            return JSONSource(short, place)
        case "csv":
            from slipway_trainer.sources.csv import CSVSource

            return CSVSource(short, place)
        case "parquet":
            from slipway_trainer.sources.parquet import ParquetSource

            return ParquetSource(short, place)
        case _:
            from slipway_trainer.sources.avro import AvroSource

            return AvroSource(short, place)
