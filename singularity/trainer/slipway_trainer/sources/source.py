"""What all kinds of files have in common for their reader."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence

from slipway_trainer.columns import Events, join_events


class Stream(ABC):
    """A file's events, one after the other."""

    @abstractmethod
    def take(self, count: int) -> Events:
        """Give the next ``count`` events; fewer at the file's end alone, and none after it.

        The arrays may be views of memory that the stream keeps: they are not to be written to.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""


class Source(ABC):
    """An open file of events.

    Attributes
    ----------
    name : str
        As the user's list has it.
    branches : dict of str to bool
        The branches that hold numbers: whether they are jagged.
    skipped : dict of str to str
        The other branches: what they hold.
    entries : int or None
        Events in the file; None where only reading it to its end tells.
    fingerprint : dict of str to JSON value
        What changes when the file's content changes.
    """

    name: str
    branches: dict[str, bool]
    skipped: dict[str, str]
    entries: int | None
    fingerprint: dict[str, str | int]

    @abstractmethod
    def stream(self, names: Sequence[str], ahead: int) -> Stream:
        """Begin to read the named branches; about ``ahead`` events will be wanted at a time.

        The stream reads on when the source is closed.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the file, once for each time that it was opened."""


class Carried(Stream):
    """A stream out of batches of any size: what is left of a batch is carried over to the next call."""

    def __init__(self, batches: Generator[Events], under: Stream | None = None) -> None:
        """Begin with the first of ``batches``; closing closes them, and the stream that is ``under`` them."""
        self._batches = batches
        self._under = under
        self._rest = Events(0, {})

    def take(self, count: int) -> Events:
        """Give the next ``count`` events."""
        pieces: list[Events] = []
        wanted = count
        while wanted:
            if not self._rest.count:
                batch = next(self._batches, None)
                if batch is None:
                    break
                self._rest = batch
                continue
            taken = min(wanted, self._rest.count)
            pieces.append(self._rest.span(0, taken))
            self._rest = self._rest.span(taken, self._rest.count)
            wanted -= taken
        return join_events(pieces) if pieces else self._rest

    def close(self) -> None:
        """Let go of the file."""
        self._batches.close()
        if self._under is not None:
            self._under.close()
