"""Synthetic ROOT files for the measurements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import awkward as ak
import numpy as np
import uproot

LONGEST = 37
MEANS = (3, 6, 10, 15, 5, 4, 8, 12)
"""Mean lengths of the groups of jagged branches; a group's branches have the same lengths, as jets' and muons' do."""


def write_wide(path: Path, events: int, flat: int = 18, jagged: int = 48) -> None:
    """Write flat branches, the groups' lengths among them, and jagged ones: about 1,800 columns."""
    random = np.random.default_rng(3)
    plain = flat - len(MEANS)
    columns: dict[str, Any] = {f"flat_{index}": random.normal(50, 20, events).astype("f4") for index in range(plain)}
    for group, mean in enumerate(MEANS):
        counts = random.poisson(mean, events).clip(0, LONGEST)
        counts[0] = LONGEST
        branches = {
            f"v{index}": ak.unflatten(random.exponential(30, counts.sum()).astype("f4"), counts)
            for index in range(jagged // len(MEANS))
        }
        columns[f"group{group}"] = ak.zip(branches)
    types = {name: column.dtype if isinstance(column, np.ndarray) else column.type for name, column in columns.items()}
    with uproot.recreate(path, compression=uproot.LZ4(1)) as file:
        file.mktree("Events", types).extend(columns)


def write_flat(path: Path, events: int, *, branches: int = 29, step: int = 500_000, compressed: bool = False) -> None:
    """Write flat float32 branches, ``step`` events a basket; compressed, of values that LZ4 halves."""
    random = np.random.default_rng(5)
    block = {}
    for index in range(branches):
        values = random.normal(index, 1 + index, min(step, events)).astype("f4")
        block[f"b{index:02d}"] = np.round(values * 8) / 8 if compressed else values
    with uproot.recreate(path, compression=uproot.LZ4(1) if compressed else None) as file:
        tree = file.mktree("Events", {name: "f4" for name in block})
        for start in range(0, events, step):
            tree.extend({name: values[: min(step, events - start)] for name, values in block.items()})
