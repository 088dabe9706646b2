"""The trainer as a job of the server."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import NoReturn

from slipway_trainer.assignment import Assignment
from slipway_trainer.cli import start


def main() -> NoReturn:
    """Train what ``SLIPWAY_PARAMS`` describes, and end the process.

    The JSON file has ``name``, ``files``, ``labels``, ``model``, ``params`` and perhaps ``preproc`` and ``dtype``, all
    relative to ``--input_path``, and the folders ``specs`` and ``datasets``. The model is left in ``--output_path``.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the folder that was uploaded")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the model")
    arguments = parser.parse_args()
    asked = json.loads(Path(os.environ["SLIPWAY_PARAMS"]).read_text())
    start(
        Assignment(
            name=asked["name"],
            folder=arguments.input_path,
            files=asked["files"],
            labels=asked["labels"],
            model=asked["model"],
            params=asked["params"],
            specs=Path(asked["specs"]),
            output=arguments.output_path,
            preproc=asked.get("preproc"),
            datasets=Path(asked["datasets"]) if asked.get("datasets") else None,
            dtype=asked.get("dtype"),
        )
    )
