"""Reads rows in chunks from CSV, npy, Parquet and ROOT files.

A chunk is a dictionary of columns, arrays of shape (rows,), in the file's order; or one array of shape (rows, …) where
the file, an npy, names no columns. Memory holds a chunk, whatever the file's size.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

SUFFIXES = (".csv", ".npy", ".parquet", ".root")

Chunk = dict[str, np.ndarray] | np.ndarray


class ScoringError(Exception):
    """Says in one sentence why rows cannot be scored."""


def files_of(path: Path) -> list[Path]:
    """Return the file, or the folder's files in the order of their names."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and not file.name.startswith("."))


def read(path: Path, rows: int, columns: list[str] | None, tree: str | None) -> Iterator[Chunk]:
    """Yield chunks of at most ``rows`` rows.

    Parameters
    ----------
    columns
        Names of the columns that are wanted; all where none are named. An npy file has none.
    tree
        Name of the tree of a ROOT file; its only one where none is named.
    """
    match path.suffix.lower():
        case ".csv":
            yield from _read_csv(path, rows, columns)
        case ".npy":
            yield from _read_npy(path, rows)
        case ".parquet":
            yield from _read_parquet(path, rows, columns)
        case ".root":
            yield from _read_root(path, rows, columns, tree)
        case other:
            raise ScoringError(f"{path.name} ends in “{other}”; rows are read from {', '.join(SUFFIXES)}")


def _check(path: Path, columns: list[str] | None, there: list[str]) -> None:
    missing = [name for name in columns or [] if name not in there]
    if missing:
        raise ScoringError(f"{path.name} has no column {', '.join(missing)}; it has {', '.join(there[:40])}")


def _read_csv(path: Path, rows: int, columns: list[str] | None) -> Iterator[Chunk]:
    import pandas as pd

    try:
        names = [str(name) for name in pd.read_csv(path, nrows=0).columns]
        _check(path, columns, names)
        for frame in pd.read_csv(path, chunksize=rows, usecols=columns):
            yield {str(name): frame[name].to_numpy() for name in frame.columns}
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise ScoringError(f"{path.name} is not CSV: {error}") from error


def _read_npy(path: Path, rows: int) -> Iterator[Chunk]:
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError as error:
        raise ScoringError(f"{path.name} is not an npy file of numbers: {error}") from error
    if array.ndim == 0:
        raise ScoringError(f"{path.name} holds a single number; rows are its first dimension")
    for start in range(0, len(array), rows):
        yield np.ascontiguousarray(array[start : start + rows])


def _read_parquet(path: Path, rows: int, columns: list[str] | None) -> Iterator[Chunk]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _check(path, columns, file.schema_arrow.names)
            for batch in file.iter_batches(batch_size=rows, columns=columns):
                yield {
                    name: column.to_numpy(zero_copy_only=False)
                    for name, column in zip(batch.schema.names, batch.columns, strict=True)
                }
    except pa.ArrowInvalid as error:
        raise ScoringError(f"{path.name} is not Parquet: {error}") from error


def _read_root(path: Path, rows: int, columns: list[str] | None, name: str | None) -> Iterator[Chunk]:
    import uproot

    with uproot.open(path) as file:
        kinds = ("TTree", "ROOT::RNTuple")
        trees = sorted({key.partition(";")[0] for key, kind in file.classnames().items() if kind in kinds})
        if name is None and len(trees) != 1:
            raise ScoringError(f"{path.name} has {len(trees)} trees ({', '.join(trees)}); name one as “tree”")
        if name is not None and name not in trees:
            raise ScoringError(f"{path.name} has no tree “{name}”; it has {', '.join(trees) or 'none'}")
        tree = file[name or trees[0]]
        _check(path, columns, list(tree.keys()))
        for arrays in tree.iterate(columns or list(tree.keys()), step_size=rows, library="np"):
            jagged = [key for key, column in arrays.items() if column.dtype == object]
            if jagged:
                raise ScoringError(f"{jagged[0]} of {path.name} has a list a row; rows of single values can be scored")
            yield arrays
