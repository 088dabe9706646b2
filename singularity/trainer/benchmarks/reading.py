"""Measures reading: wide jagged events against the event-by-event way, flat events a second, and memory.

``python3 benchmarks/reading.py [--events N] [--gigabytes G]``: files are made in a temporary folder; all runs on one
core, and times are the processor's. Prints one figure a line, or with ``--json`` a list of them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from event_by_event import first_pass, rows
from slipway_trainer.dataset import Dataset
from slipway_trainer.labels import Labels
from slipway_trainer.parameters import Parameters
from synthetic import write_flat, write_wide

WIDE_EVENTS = 10_000
FLAT_KINDS = (("uncompressed", False), ("LZ4", True))


class Figure(NamedTuple):
    """One measured figure, and how it was measured."""

    what: str
    value: float
    unit: str
    bound: str


def main() -> None:
    """Measure all, and print the figures."""
    arguments = parse()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if arguments.memory_of is not None:
        print_memory(arguments.memory_of)
        return
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        figures = [
            *measure_wide(Path(folder)),
            *measure_flat(Path(folder), arguments.events),
            measure_memory(Path(folder), arguments.gigabytes),
        ]
    if arguments.json:
        print(json.dumps([figure._asdict() for figure in figures]))
        return
    for figure in figures:
        print(f"{figure.what}: {figure.value:.4g} {figure.unit} ({figure.bound})")


def parse() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description="Measures reading.")
    parser.add_argument("--events", type=int, default=1_000_000, help="events of the flat files")
    parser.add_argument("--gigabytes", type=float, default=1.5, help="size of the file whose memory is measured")
    parser.add_argument("--json", action="store_true", help="print a list of figures")
    parser.add_argument("--folder", type=Path, help="where the temporary folder goes")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def open_dataset(path: Path) -> Dataset:
    """Give the dataset of one file, without specs of an earlier run."""
    specs = path.parent / "specs"
    for file in specs.glob("*.json"):
        file.unlink()
    parameters = replace(Parameters(), chunk_size=10_000)
    return Dataset([path.name], Labels((1,)), parameters, folder=path.parent, specs_folder=specs, log=lambda line: None)


def best(act: Callable[[], object], times: int = 5) -> float:
    """Give the shortest time of some runs, in seconds of the processor: others may use it meanwhile."""
    seconds = []
    for _ in range(times):
        began = time.process_time()
        act()
        seconds.append(time.process_time() - began)
    return min(seconds)


def measure_wide(folder: Path) -> list[Figure]:
    """First pass and one chunk of wide events, and the same event by event."""
    path = folder / "wide.root"
    write_wide(path, WIDE_EVENTS)
    columns = 0

    def vectorised() -> None:
        nonlocal columns
        data = open_dataset(path)
        data.first_pass()
        columns = next(data.chunks()).x.shape[1]

    ours = best(vectorised)
    theirs = best(lambda: rows(*first_pass(path, "Events")), 1)
    bound = f"{WIDE_EVENTS:,} events of 18 flat and 48 jagged branches, {columns:,} columns"
    return [
        Figure("first pass and one chunk", ours, "s", f"{bound}, best of five"),
        Figure("the same event by event", theirs, "s", f"{bound}, once"),
        Figure("event by event over chunks", theirs / ours, "times", bound),
    ]


def measure_flat(folder: Path, events: int) -> list[Figure]:
    """Flat events a second: chunks alone, and with the first pass."""
    figures: list[Figure] = []
    for kind, compressed in FLAT_KINDS:
        path = folder / f"flat-{kind}.root"
        write_flat(path, events, compressed=compressed)
        data = open_dataset(path)
        data.first_pass()

        def chunks(data: Dataset = data) -> None:
            for _ in data.chunks():
                pass

        def both(path: Path = path) -> None:
            data = open_dataset(path)
            data.first_pass()
            chunks(data)

        bound = f"{events:,} events of 29 float32, {kind}, from the page cache, one core, best of five"
        figures += [
            Figure(f"{kind}: read and prepared", events / best(chunks) / 1e6, "million events/s", bound),
            Figure(f"{kind}: with the first pass", events / best(both) / 1e6, "million events/s", bound),
        ]
        path.unlink()
    return figures


def measure_memory(folder: Path, gigabytes: float) -> Figure:
    """Peak memory of both passes over a large file, in a process of its own."""
    path = folder / "large.root"
    write_flat(path, int(gigabytes * 1e9 / 116), compressed=False)
    size = path.stat().st_size
    command = [sys.executable, __file__, "--memory-of", str(path)]
    before, after = map(int, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
    bound = f"a file of {size / 1e9:.2f} GB, beyond {before / 1e6:.0f} MB of libraries"
    return Figure("memory of both passes", (after - before) / 1e6, "MB", bound)


def print_memory(path: Path) -> None:
    """Print the peak memory before and after both passes, in bytes."""
    import awkward
    import uproot.source.file

    assert awkward and uproot.source.file
    print(peak())
    data = open_dataset(path)
    data.first_pass()
    for _ in data.chunks():
        pass
    print(peak())


def peak() -> int:
    """Give the most memory that this process had, in bytes; getrusage would give its parent's, too."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) * 1024


if __name__ == "__main__":
    main()
