"""The labels of the files, or the branch that holds one an event."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.paths import inside

LARGEST_FILE = 1 << 22
LARGEST_LABEL = 1_000_000


@dataclass(frozen=True)
class Labels:
    """One label a file, in the order of the files, or the name of a label branch.

    Exactly one of the two is set.
    """

    values: tuple[int, ...] | None = None
    branch: str | None = None

    @classmethod
    def read(cls, value: str, folder: Path) -> Labels:
        """Read the file ``value`` in ``folder``.

        Where there is none, ``value`` itself has the labels, with commas between them, or names a label branch.

        Raises
        ------
        TrainerError
            The file looks like one and is missing, is empty, or holds something else than labels.
        """
        path = inside(value, folder)
        if path is None or not path.is_file():
            if value.endswith((".txt", ".csv", ".dat")) or "/" in value or not value.strip():
                raise TrainerError(f"the file of labels {value!r} is missing in the folder")
            words = [word.strip() for word in value.split(",") if word.strip()]
            if words and all(_numeric(word) for word in words):
                return cls(values=tuple(_label(word, "labels") for word in words))
            return cls(branch=value)
        if path.stat().st_size > LARGEST_FILE:
            raise TrainerError(f"the file of labels {value} is larger than {LARGEST_FILE} bytes")
        try:
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        except ValueError as error:
            raise TrainerError(f"the file of labels {value} is no text: {error}") from error
        words = [line for line in lines if line]
        if not words:
            raise TrainerError(f"the file of labels {value} is empty: write one label a line, or a branch's name")
        if len(words) == 1 and not _numeric(words[0]):
            return cls(branch=words[0])
        return cls(values=tuple(_label(word, value) for word in words))

    def check_count(self, files: int) -> None:
        """Refuse labels that are not as many as the files."""
        if self.values is not None and len(self.values) != files:
            raise TrainerError(
                f"there are {len(self.values)} labels for {files} files: write one label a line, in the files' order"
            )


def _numeric(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _label(word: str, source: str) -> int:
    number = float(word) if _numeric(word) else -1.0
    if not 0 <= number <= LARGEST_LABEL or not number.is_integer():
        raise TrainerError(f"{source}: the label {word[:40]!r} must be a whole number of 0 or above")
    return int(number)
