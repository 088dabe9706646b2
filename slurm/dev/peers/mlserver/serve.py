"""Starts MLServer in this process's place.

Without debugging, metrics, access log and compression. How large its pool of workers is, and whether it batches, is for
the caller to choose: its pages on performance and on adaptive batching leave that to experiment.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
from pathlib import Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--batch", type=int, default=0)
    arguments = parser.parse_args()
    settings = {
        "debug": False,
        "host": "127.0.0.1",
        "http_port": arguments.port,
        "grpc_port": free_port(),
        "metrics_endpoint": None,
        "metrics_port": free_port(),
        "parallel_workers": arguments.workers,
        "gzip_enabled": False,
    }
    model = {
        "name": "dense",
        "implementation": "runtime.DenseRuntime",
        "parameters": {"uri": arguments.model},
        "max_batch_size": arguments.batch,
        "max_batch_time": 0.001 if arguments.batch else 0,
    }
    folder = Path.cwd() / "mlserver"
    folder.mkdir(exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(settings))
    (folder / "model-settings.json").write_text(json.dumps(model))
    # The workers of the pool look for the runtime where this says.
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parent)
    os.chdir(folder)
    os.execv(Path(sys.executable).with_name("mlserver"), ["mlserver", "start", str(folder)])
