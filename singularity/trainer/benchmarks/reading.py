"""Measures reading: wide jagged events against the event-by-event way, flat events a second, and memory.

``python3 benchmarks/reading.py [--events N] [--gigabytes G]``: files are made in a temporary folder; all runs on one
core. Prints a table, and ends with 1 where a bound is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from event_by_event import first_pass, rows
from slipway_trainer.dataset import Dataset
from slipway_trainer.labels import Labels
from slipway_trainer.parameters import Parameters
from synthetic import write_flat, write_wide

WIDE_EVENTS = 10_000
LEAST_RATIO = 50
LEAST_RATE = 5e6
MOST_MEMORY = 1e9
FLAT_KINDS = (("uncompressed", False), ("LZ4", True))


def main() -> int:
    """Measure all, and print the table."""
    arguments = parse()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if arguments.memory_of is not None:
        return print_memory(arguments.memory_of)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        results = [
            *measure_wide(Path(folder)),
            *measure_flat(Path(folder), arguments.events),
            measure_memory(Path(folder), arguments.gigabytes),
        ]
    width = max(len(what) for what, *_ in results)
    for what, measured, bound, kept in results:
        print(f"{what:{width}}  {measured:>30}  {bound:>26}  {'kept' if kept else 'MISSED'}")
    return 0 if all(kept for *_, kept in results) else 1


def parse() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description="Measures reading.")
    parser.add_argument("--events", type=int, default=1_000_000, help="events of the flat files")
    parser.add_argument("--gigabytes", type=float, default=1.5, help="size of the file whose memory is measured")
    parser.add_argument("--folder", type=Path, help="where the temporary folder goes")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


Result = tuple[str, str, str, bool]


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


def measure_wide(folder: Path) -> list[Result]:
    """First pass and one chunk of wide events, against the event-by-event way."""
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
    what = f"first pass and a chunk, {WIDE_EVENTS} events of {columns} columns"
    measured = f"{theirs:.2f} s / {ours:.3f} s = {theirs / ours:.0f}"
    return [(what, measured, f"more than {LEAST_RATIO} times faster", theirs / ours > LEAST_RATIO)]


def measure_flat(folder: Path, events: int) -> list[Result]:
    """Flat events a second: chunks alone, and with the first pass."""
    results: list[Result] = []
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

        rate = events / best(chunks)
        what = f"{events} events of 29 float32, {kind}, read and prepared"
        results.append((what, f"{rate / 1e6:.2f} million/s", "more than 5 million/s", rate > LEAST_RATE))
        rate = events / best(both)
        results.append((f"{what}, with the first pass", f"{rate / 1e6:.2f} million/s", "none", True))
        path.unlink()
    return results


def measure_memory(folder: Path, gigabytes: float) -> Result:
    """Peak memory of both passes over a large file, in a process of its own."""
    path = folder / "large.root"
    write_flat(path, int(gigabytes * 1e9 / 116), compressed=False)
    size = path.stat().st_size
    command = [sys.executable, __file__, "--memory-of", str(path)]
    before, after = map(int, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
    what = f"memory of both passes over {size / 1e9:.2f} GB, beyond {before / 1e6:.0f} MB of libraries"
    return what, f"{(after - before) / 1e6:.0f} MB", "less than 1000 MB", after - before < MOST_MEMORY


def print_memory(path: Path) -> int:
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
    return 0


def peak() -> int:
    """Give the most memory that this process had, in bytes; getrusage would give its parent's, too."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) * 1024


if __name__ == "__main__":
    sys.exit(main())
