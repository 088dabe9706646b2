"""Scores a file of rows by one version of a model.

``SLIPWAY_PARAMS`` names a JSON file with ``model``, ``version``, ``sha256``, ``output_format``, ``chunk_rows``, and
where they were given ``tree`` and ``columns``. The version's archive lies at ``../model/model.tar.gz``. The output
folder gets ``result.FORMAT`` and ``metrics.json``. Each core scores chunks of its own; rows keep their order.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from slipway_models import Model, arrange, companion, load, unpack
from slipway_results import Result, flatten
from slipway_rows import Chunk, ScoringError, files_of, read

ARCHIVE = Path("../model/model.tar.gz")
REPORT_SECONDS = 10.0

Columns = dict[str, np.ndarray]


class Scorer:
    """A model with the names of the columns that it takes."""

    def __init__(self, folder: Path, columns: list[str] | None, threads: int) -> None:
        self.model: Model = load(folder, threads)
        self.columns = columns

    def score(self, chunk: Chunk) -> Columns:
        """Return a column for each value that the model makes of a row."""
        return flatten(self.model.run(arrange(chunk, self.model.inputs, self.columns)))


worker: Scorer | None = None


def start_worker(folder: Path, columns: list[str] | None) -> None:
    """Load the model once for each process."""
    global worker
    worker = Scorer(folder, columns, threads=1)


def score_in_worker(chunk: Chunk) -> Columns:
    """Score a chunk in a process of the pool."""
    return worker.score(chunk)


def scored(chunks: Iterator[Chunk], folder: Path, columns: list[str] | None, workers: int) -> Iterator[Columns]:
    """Yield the chunks' predictions in order, with at most two chunks a worker in memory."""
    if workers == 1:
        scorer = Scorer(folder, columns, threads=1)
        yield from map(scorer.score, chunks)
        return
    # A fork would copy the locks of the runtimes' threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, start_worker, (folder, columns)) as pool:
        waiting: deque[Future[Columns]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(score_in_worker, chunk))
            if len(waiting) >= 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def reporter() -> Callable[[int], None]:
    """Return a function that tells, now and then, how many rows are done."""
    began = told = time.monotonic()

    def report(rows: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= REPORT_SECONDS:
            told = now
            print(f"{rows} rows, {rows / (now - began):.0f} rows/s", flush=True)

    return report


def score(source: Path, output: Path, params: dict[str, Any], folder: Path, workers: int) -> dict[str, Any]:
    """Write the result, and return its metrics."""
    columns = params.get("columns") or companion(folder, "params.json").get("feature_names")
    files = files_of(source)
    # Several inputs are filled by their own names, which the reader of a file does not know.
    wanted = columns if columns else None
    chunks = (chunk for file in files for chunk in read(file, params["chunk_rows"], wanted, params.get("tree")))
    began = time.monotonic()
    report = reporter()
    result = Result(output, params["output_format"])
    for predictions in scored(chunks, folder, columns, workers):
        result.write(predictions)
        report(result.rows)
    if result.rows == 0:
        raise ScoringError(f"{source.name} has no rows")
    result.finish()
    seconds = time.monotonic() - began
    return {
        "model": params["model"],
        "version": params["version"],
        "sha256": params["sha256"],
        "rows": result.rows,
        "seconds": round(seconds, 3),
        "rows_per_second": round(result.rows / max(seconds, 1e-9), 1),
        "files": len(files),
        "workers": workers,
        "columns": result.columns,
    }


def main() -> None:
    """Read the command line of the job, check the model, score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the file of rows, or a folder of such files")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the result")
    arguments = parser.parse_args()

    params = json.loads(Path(os.environ["SLIPWAY_PARAMS"]).read_text())
    workers = int(os.environ.get("SLURM_CPUS_PER_TASK", "1"))
    with tempfile.TemporaryDirectory(prefix="model-") as folder:
        try:
            unpack(ARCHIVE, params["sha256"], Path(folder))
            print(
                f"{params['model']} version {params['version']}, sha256 {params['sha256']}, {workers} workers",
                flush=True,
            )
            metrics = score(arguments.input_path, arguments.output_path, params, Path(folder), workers)
        except ScoringError as error:
            sys.exit(str(error))
    (arguments.output_path / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    print(f"{metrics['rows']} rows in {metrics['seconds']} s: {metrics['rows_per_second']:.0f} rows/s")


if __name__ == "__main__":
    main()
