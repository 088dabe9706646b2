"""What a training is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from slipway_trainer.errors import TrainerError


@dataclass(frozen=True)
class Assignment:
    """The files of a training and the places that it reads and writes.

    Attributes
    ----------
    name
        The model's.
    folder
        What names of files are relative to.
    files, labels, model, params, preproc
        Names of files; ``files`` and ``labels`` may also be lists with commas, and ``labels`` a branch.
    specs
        The folder in which specs are kept from one training to the next.
    datasets
        Another folder that data may lie in.
    dtype
        The kind of the data's files, where their names do not say it.
    output
        The folder that the model is left in.
    confined
        Whether all files but the data must lie in ``folder``.
    """

    name: str
    folder: Path
    files: str
    labels: str
    model: str
    params: str
    specs: Path
    output: Path
    preproc: str | None = None
    datasets: Path | None = None
    dtype: str | None = None
    confined: bool = True

    def path(self, name: str) -> Path:
        """Return the path of a file of the folder.

        Raises
        ------
        TrainerError
            Where the name leads out of the folder.
        """
        path = self.folder / name
        if self.confined and not path.resolve().is_relative_to(self.folder.resolve()):
            raise TrainerError(f"{name} is not in the folder: name a file of the folder")
        return path
