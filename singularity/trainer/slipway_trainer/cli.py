"""The command ``slipway-train``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import NoReturn

from slipway_trainer.assignment import Assignment
from slipway_trainer.conclusion import COMMAND, conclude
from slipway_trainer.export.publication import STAGING
from slipway_trainer.sources.openssl import load_for_xrootd
from slipway_trainer.surroundings import prepare


def main() -> NoReturn:
    """Run the command in the current folder."""
    arguments = _parser().parse_args()
    folder = Path.cwd()
    specs = folder / (arguments.specs or ".")
    start(
        Assignment(
            name=Path(arguments.fout).name,
            folder=folder,
            files=arguments.files,
            labels=arguments.labels,
            model=arguments.model,
            params=arguments.params,
            specs=specs.parent if specs.suffix == ".json" else specs,
            output=folder / arguments.fout,
            preproc=arguments.preproc,
            # Whoever runs it by hand may read all that is theirs.
            datasets=Path("/"),
            dtype=arguments.dtype,
            confined=False,
        )
    )


def start(assignment: Assignment) -> NoReturn:
    """Train, and end the process with the exit code that says how that went."""

    def run() -> None:
        with tempfile.TemporaryDirectory(prefix=f"{COMMAND}-", ignore_cleanup_errors=True) as scratch:
            prepare(Path(scratch))
            load_for_xrootd()
            # Only now: it brings libraries that read their settings from the environment.
            from slipway_trainer.training import Training

            Training(assignment, _log).run()

    conclude(run, assignment.output / STAGING)


def _log(line: str) -> None:
    print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description=f"{__package__} trains a model on files of events.")
    parser.add_argument("--files", required=True, help="a file with one data file a line, or names with commas")
    parser.add_argument(
        "--labels", required=True, help="a file with one label a line, labels with commas, or their branch"
    )
    parser.add_argument("--model", required=True, help="a Python file with def model(idim), for Keras or PyTorch")
    parser.add_argument("--params", default="params.json", help="the parameters, JSON (default: %(default)s)")
    parser.add_argument("--preproc", help="new branches and cuts: JSON, or Python with def preprocessing(events)")
    parser.add_argument("--specs", help="the folder where specs are kept (default: the current one)")
    parser.add_argument("--dtype", choices=("json", "csv", "parquet", "avro", "root"), help="kind of the data files")
    parser.add_argument("--fout", required=True, help="the folder to write, and the model's name")
    return parser


if __name__ == "__main__":
    main()
