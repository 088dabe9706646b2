"""Specs as files, so that later jobs with the same files and parameters need no first pass."""

from __future__ import annotations

import json
import os
import tempfile
from hashlib import sha256
from pathlib import Path, PurePosixPath

from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.paths import shown
from slipway_trainer.specs import FORMAT, BranchSpecs, FileSpecs, Specs, branch_document, branches_of

GLOBAL = "global-specs.json"
LARGEST_FILE = 1 << 26
LONGEST_STEM = 200
"""Bytes of a data file's name that a specs file's name can have; a file system takes 255."""


class SpecsFolder:
    """A folder of specs files. Several jobs may write to it at once: each file is renamed into its place."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        """Give each of the data files ``names`` a specs file in ``folder``: by its stem, where no other has that."""
        self._folder = folder
        self.texts: dict[str, str] = {}
        """What was read and written, by the files' names: another job may change the folder meanwhile."""
        stems = [PurePosixPath(shown(name)).stem for name in names]
        self._files = {
            name: f"specs-{stem}.json"
            if stems.count(stem) == 1 and len(stem.encode()) <= LONGEST_STEM
            else f"specs-{stem[: LONGEST_STEM // 4]}-{_short(name)}.json"
            for name, stem in zip(names, stems, strict=True)
        }

    def file(self, name: str) -> str:
        """Give the name of a data file's specs file."""
        return self._files[name]

    def read(self, name: str, key: dict[str, object]) -> FileSpecs | str | None:
        """Read the specs of a data file.

        Parameters
        ----------
        key : dict
            What the file and the parameters are now.

        Returns
        -------
        FileSpecs, str or None
            None where there are none; words for why those that are there cannot be used.
        """
        path = self._folder / self._files[name]
        try:
            if path.stat().st_size > LARGEST_FILE:
                return "it is too large"
            text = path.read_text(encoding="utf-8")
            document = json.loads(text)
            if document["format"] != FORMAT:
                return "it has another format"
            if document["key"] != json.loads(json.dumps(key)):
                return "the data file, the parameters or the preprocessing changed since"
            label = document["label"]
            specs = FileSpecs(
                events=_count(document["events"]),
                scanned=None if document["scanned"] is None else _count(document["scanned"]),
                branches=branches_of(document),
                label=None if label is None else BranchSpecs(False, float(label[0]), float(label[1])),
                unmatched=tuple(str(pattern) for pattern in document["unmatched"]),
            )
            self.texts[self._files[name]] = text
            return specs
        except FileNotFoundError:
            return None
        except OSError as error:
            return f"it cannot be read ({error.strerror})"
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return "it is damaged, or not a file of specs"

    def write(self, name: str, key: dict[str, object], specs: FileSpecs) -> None:
        """Write the specs of a data file."""
        label = None if specs.label is None else [specs.label.minimum, specs.label.maximum]
        document = {
            "format": FORMAT,
            "file": shown(name),
            "key": key,
            "events": specs.events,
            "scanned": specs.scanned,
            **branch_document(specs.branches),
            "label": label,
            "unmatched": list(specs.unmatched),
        }
        self._write(self._files[name], document)

    def write_global(self, specs: Specs) -> None:
        """Write the specs of all files."""
        self._write(GLOBAL, specs.document())

    def _write(self, name: str, document: dict[str, object]) -> None:
        text = json.dumps(document, indent=1)
        self.texts[name] = text
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, path = tempfile.mkstemp(prefix=".specs-", dir=self._folder)
            try:
                with open(descriptor, "w", encoding="utf-8") as stream:
                    stream.write(text)
                os.chmod(path, 0o644)
                os.replace(path, self._folder / name)
            except BaseException:
                os.unlink(path)
                raise
        except OSError as error:
            raise TrainerError(f"the specs {name} cannot be written: {error.strerror}") from error


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no number of events")
    return value


def _short(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:8]
