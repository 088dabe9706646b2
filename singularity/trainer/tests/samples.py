"""Files of events for the tests, and datasets of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import awkward as ak
import numpy as np
import numpy.typing as npt
import uproot
from slipway_trainer.chunks import Chunk
from slipway_trainer.dataset import Dataset
from slipway_trainer.labels import Labels
from slipway_trainer.parameters import Parameters
from slipway_trainer.preprocessing import Preprocessing

INTEGERS = ("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8")


def jagged(counts: Sequence[int] | npt.NDArray[Any], values: npt.NDArray[Any]) -> ak.Array:
    """Give lists of these lengths."""
    return ak.unflatten(values, np.asarray(counts))


def write_tree(
    path: Path,
    columns: Mapping[str, Any],
    *,
    tree: str = "Events",
    step: int | None = None,
    compression: Any = None,  # noqa: ANN401
) -> Path:
    """Write columns as a tree, ``step`` events a basket."""
    path.parent.mkdir(parents=True, exist_ok=True)
    events = len(next(iter(columns.values())))
    types = {name: _type(column) for name, column in columns.items()}
    with uproot.recreate(path, compression=compression) as file:
        written = file.mktree(tree, types)
        for start in range(0, events, step or max(events, 1)):
            written.extend({name: column[start : start + (step or events)] for name, column in columns.items()})
    return path


def mixed_columns(events: int, seed: int = 1) -> dict[str, Any]:
    """Give flat and jagged columns of all kinds of numbers, with NaN and infinities among them."""
    random = np.random.default_rng(seed)
    counts = random.poisson(2, events)
    other = random.integers(0, 5, events)
    single = random.normal(100, 30, events).astype("f4")
    single[random.random(events) < 0.1] = np.nan
    single[0] = np.inf
    lists = random.exponential(20, counts.sum()).astype("f4")
    lists[random.random(lists.size) < 0.1] = np.nan
    return {
        "number": np.arange(events, dtype="i8"),
        "single": single,
        "double": random.normal(1e6, 0.5, events),
        "truth": random.random(events) < 0.3,
        "constant": np.full(events, 7.5, "f4"),
        **{f"whole_{kind}": random.integers(0, 100, events).astype(kind) for kind in INTEGERS},
        "jet_pt": jagged(counts, lists),
        "jet_id": jagged(counts, random.integers(-5, 5, counts.sum()).astype("i4")),
        "jet_tag": jagged(counts, random.random(counts.sum()) < 0.5),
        "hit": jagged(other, random.normal(size=other.sum())),
        "vertex": random.normal(size=(events, 3)).astype("f4"),
    }


def dataset(
    folder: Path,
    files: Sequence[str],
    labels: Labels | Sequence[int] | None = None,
    *,
    preprocessing: Path | None = None,
    log: Callable[[str], None] = lambda line: None,
    datasets: Path | None = None,
    dtype: str | None = None,
    **parameters: Any,  # noqa: ANN401
) -> Dataset:
    """Give the dataset of files in ``folder``; its specs are in ``folder``'s neighbour ``specs``."""
    if not isinstance(labels, Labels):
        labels = Labels(tuple(labels if labels is not None else range(len(files))))
    return Dataset(
        files,
        labels,
        replace(Parameters(), **parameters),
        folder=folder,
        datasets=datasets,
        specs_folder=folder.parent / "specs",
        preprocessing=None if preprocessing is None else Preprocessing.read(preprocessing),
        dtype=dtype,
        log=log,
    )


def all_chunks(data: Dataset) -> Chunk:
    """Give all chunks of a dataset as one; makes the first pass."""
    data.first_pass()
    chunks = list(data.chunks())
    return Chunk(*(np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in ("x", "mask", "y")))


def _type(column: Any) -> Any:  # noqa: ANN401
    if isinstance(column, np.ndarray):
        return column.dtype if column.ndim == 1 else (column.dtype, column.shape[1:])
    return column.type.content
