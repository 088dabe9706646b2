"""Starts the service of BentoML in this process's place."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", required=True)
    parser.add_argument("--workers", default="1")
    arguments = parser.parse_args()
    os.environ.update(
        DENSE_MODEL=arguments.model,
        DENSE_WORKERS=arguments.workers,
        BENTOML_HOME=str(Path.cwd() / "bentoml"),
        BENTOML_DO_NOT_TRACK="True",
    )
    command = ["bentoml", "serve", "service:Dense", "--host", "127.0.0.1", "--port", arguments.port, "--quiet"]
    folder = str(Path(__file__).resolve().parent)
    os.execv(Path(sys.executable).with_name("bentoml"), [*command, "--working-dir", folder])
