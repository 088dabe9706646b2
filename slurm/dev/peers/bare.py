"""Measures ``session.run`` of ONNX Runtime in a loop of Python: what no server in Python can exceed.

Usage: ``bare.py MODEL SECONDS``; prints a JSON list of ``{"version", "rows", "threads", "callers", "rowsPerSecond"}``.
"""

from __future__ import annotations

import json
import sys
import threading
import time

import numpy as np
import onnxruntime

# Rows of a call, threads of a session, callers with a session each.
CASES = [(rows, threads, callers) for rows in (1, 32) for threads, callers in ((1, 1), (2, 1), (1, 2))]
CALLS_BETWEEN_LOOKS = 20


def session(model: str, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def count_calls(runtime: onnxruntime.InferenceSession, rows: int, seconds: float) -> int:
    """Returns how many calls were made until the time was up."""
    feed = {"input": np.random.default_rng(0).normal(0, 1, (rows, 42)).astype(np.float32)}
    calls, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        for _ in range(CALLS_BETWEEN_LOOKS):
            runtime.run(None, feed)
        calls += CALLS_BETWEEN_LOOKS
    return calls


def measure(model: str, rows: int, threads: int, callers: int, seconds: float) -> float:
    """Returns rows a second of all callers together; `session.run` leaves Python's lock while it computes."""
    runtimes = [session(model, threads) for _ in range(callers)]
    counts = [0] * callers

    def call(index: int) -> None:
        counts[index] = count_calls(runtimes[index], rows, seconds)

    for runtime in runtimes:
        count_calls(runtime, rows, seconds / 10)
    start = time.perf_counter()
    workers = [threading.Thread(target=call, args=(index,)) for index in range(callers)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(counts) * rows / (time.perf_counter() - start)


def main() -> None:
    model, seconds = sys.argv[1], float(sys.argv[2])
    results = [
        {
            "version": onnxruntime.__version__,
            "rows": rows,
            "threads": threads,
            "callers": callers,
            "rowsPerSecond": measure(model, rows, threads, callers, seconds),
        }
        for rows, threads, callers in CASES
    ]
    print(json.dumps(results))


if __name__ == "__main__":
    main()
