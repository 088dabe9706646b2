"""New branches and cuts, before rows are made."""

from __future__ import annotations

import json
import runpy
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from slipway_trainer.columns import Events, Jagged
from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.source import Carried, Stream

LARGEST_FILE = 1 << 20
FUNCTION = "preprocessing"
VERSION = 2
"""Raised when the same file makes other events: specs made before no longer hold then."""


class Preprocessing:
    """What a ``preproc`` file asks for: JSON with expressions, or Python with ``def preprocessing(events)``.

    Attributes
    ----------
    digest : str
        Another one when the file is another.
    described : str
        The cuts, for errors.
    made : list of str
        New branches that are known before an event is read.
    reads : list of str or None
        The branches that are needed; None for all.
    """

    def __init__(
        self,
        apply: Callable[[Events], Events],
        *,
        digest: str,
        described: str,
        made: list[str],
        reads: list[str] | None,
        check: Callable[[Iterable[str]], None] | None = None,
    ) -> None:
        """Preprocess events by the function ``apply``; ``check`` refuses branches that it cannot work on."""
        self._check = check
        self._apply = apply
        self.digest = digest
        self.described = described
        self.made = made
        self.reads = reads

    @classmethod
    def read(cls, path: Path) -> Preprocessing:
        """Read a ``.json`` or ``.py`` file.

        Raises
        ------
        TrainerError
            The file is missing, ends otherwise, cannot be read, or holds what makes no sense.
        """
        if not path.is_file():
            raise TrainerError(f"the preprocessing file {path.name} is missing")
        if path.stat().st_size > LARGEST_FILE:
            raise TrainerError(f"the preprocessing file {path.name} is larger than {LARGEST_FILE} bytes")
        digest = sha256(f"{VERSION} {path.suffix} ".encode() + path.read_bytes()).hexdigest()
        match path.suffix:
            case ".json":
                return cls._of_json(path, digest)
            case ".py":
                return cls._of_python(path, digest)
            case _:
                raise TrainerError(f"the preprocessing file {path.name} must end in .json or .py")

    @classmethod
    def _of_json(cls, path: Path, digest: str) -> Preprocessing:
        from slipway_trainer.cuts import Cuts

        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as error:
            raise TrainerError(f"{path.name} is no JSON: {error}") from error
        cuts = Cuts.of(document, path.name)
        described = "; ".join(cut.text for cut in cuts.cuts)
        return cls(cuts.apply, digest=digest, described=described, made=cuts.made, reads=cuts.reads, check=cuts.check)

    @classmethod
    def _of_python(cls, path: Path, digest: str) -> Preprocessing:
        try:
            function = runpy.run_path(str(path)).get(FUNCTION)
        except (Exception, SystemExit) as error:
            raise TrainerError(f"{path.name} cannot be run: {_told(error, path)}") from error
        if not callable(function):
            raise TrainerError(f"{path.name} has no function {FUNCTION}: write def {FUNCTION}(events)")

        def apply(events: Events) -> Events:
            return _by_function(function, events, path)

        return cls(apply, digest=digest, described=path.name, made=[], reads=None)

    def check(self, branches: Iterable[str], name: str) -> None:
        """Refuse a file whose branches are not those that are needed; ``name`` is the file's, for errors."""
        if self._check is not None:
            with _of_file(name):
                self._check(branches)

    def _check_kinds(self, kinds: dict[str, bool], first: dict[str, bool]) -> None:
        """Refuse a function that gives some events other branches than the first ones, or lists in place of numbers."""
        for branch in sorted(first.keys() | kinds.keys()):
            if kinds.get(branch) != first.get(branch):
                raise TrainerError(
                    f"{self.described} gives the branch {branch} to some events only, or numbers to some and lists to"
                    " others: give all events the same branches"
                )

    def stream(self, stream: Stream, size: int, name: str) -> Stream:
        """Give the events of a stream, preprocessed ``size`` at a time; ``name`` is the file's, for errors."""

        def batches() -> Generator[Events]:
            first: dict[str, bool] | None = None
            while (events := stream.take(size)).count:
                with _of_file(name):
                    events = self._apply(events)
                    kinds = {branch: isinstance(column, Jagged) for branch, column in events.columns.items()}
                    first = kinds if first is None else first
                    self._check_kinds(kinds, first)
                yield events

        return Carried(batches(), stream)


@contextmanager
def _of_file(name: str) -> Iterator[None]:
    """Name the file in errors."""
    try:
        yield
    except TrainerError as error:
        raise TrainerError(f"{name}: {error}") from error


def _by_function(function: Callable[[Any], Any], events: Events, path: Path) -> Events:
    """Let a user's function work on an awkward array of events."""
    import awkward as ak

    from slipway_trainer.awkward_columns import from_record, to_record

    try:
        result = function(to_record(events))
    except (Exception, SystemExit) as error:
        raise TrainerError(f"{path.name} failed: {_told(error, path)}") from error
    if not isinstance(result, ak.Array) or not ak.fields(result):
        what = "an array without branches" if isinstance(result, ak.Array) else type(result).__name__
        raise TrainerError(f"{path.name}: {FUNCTION} must give an awkward array of events with branches, not {what}")
    return from_record(result)[0]


def _told(error: BaseException, path: Path) -> str:
    """Give an error of a user's code with the line of their file."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    reason = (str(error).strip().splitlines() or [""])[0][:160]
    where = f" in line {lines[-1]}" if lines else ""
    return f"{type(error).__name__}{where}: {reason}"
