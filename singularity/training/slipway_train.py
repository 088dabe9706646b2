"""Runs a user's training script in an environment of its requirements, and keeps the file that it leaves as the model.

The script works in a folder of its own on the node, where the dataset and the script lie under their names, and the
dataset also as ``dataset.csv`` or ``dataset.zip``, as MLBuffet names it. What ``SLIPWAY_PARAMS`` says: ``dataset``,
``script``, ``requirements`` and ``model``, all names of files.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path


class TrainingFailed(Exception):
    """Says in one sentence why there is no model."""


def make_environment(folder: Path, requirements: Path) -> Path:
    """Return the Python of a new virtual environment that has the image's packages and the requirements."""
    venv.create(folder, system_site_packages=True, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    command = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    errors = []
    with subprocess.Popen(
        [*command, "--no-cache-dir", "--requirement", requirements],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as pip:
        for line in pip.stdout or ():
            # What begins so is not the script's: its last words say why it failed.
            print(f"slipway: {line}", end="", flush=True)
            if line.startswith("ERROR:"):
                errors.append(line.removeprefix("ERROR:").strip())
    if pip.returncode != 0:
        why = errors[-1].replace(f"{requirements.parent}/", "") if errors else f"pip ended with {pip.returncode}"
        raise TrainingFailed(f"{requirements.name} could not be installed: {why}")
    return python


def lay_out(work: Path, files: Path, dataset: str, script: str) -> None:
    """Put the script and the dataset where the script looks for them."""
    shutil.copyfile(files / script, work / script)
    for name in {dataset, "dataset" + Path(dataset).suffix.lower()}:
        if name == dataset or name in ("dataset.csv", "dataset.zip"):
            (work / name).symlink_to(files / dataset)


def keep(model: Path, output: Path, given: set[str], script: str) -> None:
    """Move the model, a file or a folder, into the output folder."""
    if not model.exists():
        left = sorted(entry.name for entry in model.parent.iterdir() if entry.name not in given)
        found = f"it left {', '.join(left[:20])}" if left else "it left nothing"
        raise TrainingFailed(f"{script} left no file {model.name}; {found}")
    shutil.move(model.resolve(), output / model.name)


def main() -> None:
    """Install, run, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input_path", type=Path, required=True, help="the dataset")
    parser.add_argument("--output_path", type=Path, required=True, help="the folder for the model")
    arguments = parser.parse_args()

    params = json.loads(Path(os.environ["SLIPWAY_PARAMS"]).read_text())
    files = arguments.input_path.parent
    script = params["script"]
    with tempfile.TemporaryDirectory(prefix="training-") as folder:
        work = Path(folder) / "work"
        work.mkdir()
        python = make_environment(Path(folder) / "environment", files / params["requirements"])
        lay_out(work, files, params["dataset"], script)
        given = {entry.name for entry in work.iterdir()}
        print(f"slipway: runs {script}", flush=True)
        code = subprocess.run([python, script], cwd=work, check=False).returncode
        if code != 0:
            sys.exit(code if code > 0 else 128 - code)
        keep(work / params["model"], arguments.output_path, given, script)
    print(f"slipway: kept {params['model']}")


if __name__ == "__main__":
    main()
