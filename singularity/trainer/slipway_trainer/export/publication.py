"""Leaves files in the output folder so that whoever reads it meanwhile finds a whole model."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from slipway_trainer.errors import TrainerError

STAGING = ".staging"

_LAST = ("saved_model.pb", "model.onnx")
"""What names other files, or is the model itself, comes after them."""

_MODEL = (
    *_LAST,
    "fingerprint.pb",
    "golden.json",
    "history.json",
    "history.png",
    "keras_metadata.pb",
    "labels.txt",
    "metrics.json",
    "model.keras",
    "model.pt",
    "preprocess.json",
)
"""Files that are of one training; ``params.json`` stays, as the sign that the folder is a model's."""


class Publication:
    """The output folder of one training.

    Files are made whole in a hidden folder beside their place, and take it by a rename each: first those that others
    need, last the model's own file. A reader that finds ``saved_model.pb`` finds all that it needs.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staging = folder / STAGING
        self._placed: set[Path] = set()

    def check(self) -> None:
        """Refuse a folder of other things.

        Raises
        ------
        TrainerError
            Where the folder has files, and none of them is a model's.
        """
        names = {path.name for path in self.folder.iterdir()} if self.folder.is_dir() else set()
        if self.folder.exists() and not self.folder.is_dir():
            raise TrainerError(f"{self.folder.name} is a file; name a folder for the model")
        if any(not name.startswith(".") for name in names) and "params.json" not in names:
            raise TrainerError(f"the folder {self.folder.name} holds other things than a model; name a new one")

    def begin(self) -> None:
        """Make the folder, and take out of it what an earlier training has left of its model.

        Raises
        ------
        TrainerError
            The folder cannot be made or written to.
        """
        with self.writing():
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in _MODEL:
                (self.folder / name).unlink(missing_ok=True)
            for name in ("variables", "assets", "specs", STAGING):
                shutil.rmtree(self.folder / name, ignore_errors=True)
            # Whether it can be written to is better known before the training than after it.
            self.staging.mkdir()
            self.staging.rmdir()

    @contextmanager
    def change(self) -> Iterator[Path]:
        """Give an empty folder; what is in it at the end takes its place, unless there was an error."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staging.mkdir()
        try:
            yield self.staging
            self._place()
        finally:
            shutil.rmtree(self.staging, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Say in one sentence why the folder cannot be written to.

        Raises
        ------
        TrainerError
            The disk is full, or the folder may not be written to.
        """
        try:
            yield
        except OSError as error:
            raise TrainerError(
                f"the model cannot be written to the folder {self.folder.name}: {error.strerror or error}"
            ) from error

    def _place(self) -> None:
        files = sorted(path.relative_to(self.staging) for path in self.staging.rglob("*") if path.is_file())
        for folder in {path.parent for path in files}:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
        for path in sorted(files, key=_rank):
            (self.staging / path).replace(self.folder / path)
        # Values that an earlier index named.
        for path in {path for path in self._placed if path.parts[0] == "variables"} - set(files):
            if any(file.parts[0] == "variables" for file in files):
                (self.folder / path).unlink()
                self._placed.discard(path)
        self._placed.update(files)


def _rank(path: Path) -> tuple[int, str]:
    if path == Path("params.json"):
        # The sign that the folder is a model's.
        return -1, ""
    if path.name == "golden.json":
        return 3, str(path)
    if path.name in _LAST:
        return 2, str(path)
    # The index of a SavedModel's variables names the files of their values.
    return (1 if path.suffix == ".index" else 0), str(path)
