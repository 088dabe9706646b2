"""ROOT files, local or through XRootD."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uproot
from uproot.behaviors.TBranch import TBranch
from uproot.deserialization import DeserializationError
from uproot.exceptions import KeyInFileError
from uproot.source.file import MultithreadedFileSource

from slipway_trainer.columns import Column, Events
from slipway_trainer.errors import TrainerError
from slipway_trainer.sources.baskets import Baskets
from slipway_trainer.sources.paths import shown
from slipway_trainer.sources.ranges import LocalRanges, Ranges
from slipway_trainer.sources.remote import RemoteRanges, remote_options
from slipway_trainer.sources.shapes import Shape, shape_of
from slipway_trainer.sources.source import Source, Stream

DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    DeserializationError,
    LookupError,
    NotImplementedError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)
"""What uproot raises for files whose bytes make no sense."""

LOCAL_OPTIONS = {"handler": MultithreadedFileSource, "use_threads": False, "num_workers": 1}
"""No threads: one that waits for work when the interpreter ends may keep it from ending."""


class RootSource(Source):
    """A tree in a ROOT file."""

    def __init__(self, name: str, place: Path | str, tree: str) -> None:
        """Open the file ``place``, a path or an address, and find the tree in it.

        Raises
        ------
        TrainerError
            The file is empty, damaged, or no ROOT file, the server does not answer, or the tree is missing or empty.
        """
        self.name = name
        self._place = place
        self._users = 1
        self._remote = isinstance(place, str)
        if isinstance(place, Path) and not place.stat().st_size:
            raise TrainerError(f"{name} is empty: it has no byte")
        with reading(name, self._remote):
            options = remote_options() if self._remote else LOCAL_OPTIONS
            self._file = uproot.ReadOnlyFile(place, array_cache=None, object_cache=None, **options)
        try:
            self._open(place, tree)
        except BaseException:
            self._file.close()
            raise

    def _open(self, place: Path | str, tree: str) -> None:
        with reading(self.name, self._remote):
            self._tree = self._find(tree)
            self.entries = int(self._tree.num_entries)
            self._shapes: dict[str, Shape] = {}
            self._branches: dict[str, TBranch] = {}
            self.skipped = {}
            for name, branch in self._named():
                shape = shape_of(branch, self.entries)
                if isinstance(shape, str):
                    self.skipped[name] = shape
                else:
                    self._shapes[name] = shape
                    self._branches[name] = branch
            size = int(self._file.source.num_bytes)
        if not self.entries:
            raise TrainerError(f"{self.name}: the tree {tree} has no events: take the file off the list")
        self.branches = {name: shape.jagged for name, shape in self._shapes.items()}
        self.fingerprint = {"uuid": self._file.hex_uuid, "entries": self.entries, "size": size}

    def _find(self, tree: str) -> Any:  # noqa: ANN401 # uproot makes its models' classes as it reads
        folder = self._file.root_directory
        trees = folder.keys(recursive=True, cycle=False, filter_classname=_is_tree)
        trees = list(dict.fromkeys(trees))
        there = f"it has {', '.join(trees[:10])}" if trees else "it has no tree at all"
        if not tree:
            if len(trees) != 1:
                raise TrainerError(f"{self.name}: the parameters must name the tree as branch: {there}")
            tree = trees[0]
        try:
            found = folder[tree]
        except KeyInFileError:
            raise TrainerError(f"{self.name} has no tree {tree!r}: {there}") from None
        if isinstance(found, uproot.behaviors.RNTuple.RNTuple):
            raise TrainerError(
                f"{self.name}: {tree!r} is an RNTuple: write it as a tree, by uproot's mktree or by ROOT"
            )
        if not isinstance(found, uproot.TTree):
            raise TrainerError(f"{self.name}: {tree!r} is no tree but a {type(found).__name__}: {there}")
        return found

    def _named(self) -> Iterator[tuple[str, TBranch]]:
        """Give the branches that hold values themselves; where two have one name, by their full path."""
        named = [(path, branch) for path, branch in self._tree.iteritems(recursive=True) if not len(branch.branches)]
        names = [branch.name.rstrip(".") for _, branch in named]
        times = Counter(names)
        for name, (path, branch) in zip(names, named, strict=True):
            yield (name if times[name] == 1 else path), branch

    def stream(self, names: Sequence[str], ahead: int) -> Stream:
        """Begin to read the named branches."""
        with reading(self.name, self._remote):
            ranges: Ranges = RemoteRanges(self._place) if isinstance(self._place, str) else LocalRanges(self._place)
            baskets = {name: Baskets(self._branches[name], self._shapes[name], ranges) for name in names}
        if all(branch.branch is None for branch in baskets.values()):
            return RootStream(self, ranges, baskets, ahead, lambda: None)
        self._users += 1
        return RootStream(self, ranges, baskets, ahead, self.close)

    def close(self) -> None:
        """Close the file, and let the tree's memory go, when nobody uses it any more."""
        self._users -= 1
        if not self._users:
            self._tree = None
            self._branches = {}
            self._file.close()


class RootStream(Stream):
    """A tree's events from the first on."""

    def __init__(
        self,
        source: RootSource,
        ranges: Ranges,
        baskets: dict[str, Baskets],
        ahead: int,
        close: Callable[[], None],
    ) -> None:
        """Read from ``ranges``, about ``ahead`` events at a time where they are remote; ``close`` is called at last."""
        self._name = source.name
        self._entries = source.entries or 0
        self._close = close
        self._ranges = ranges
        self._baskets = baskets
        self._ahead = ahead
        self._position = 0
        self._fetched = 0

    def take(self, count: int) -> Events:
        """Give the next ``count`` events."""
        start = self._position
        stop = min(start + count, self._entries)
        columns: dict[str, Column] = {}
        now: list[str] = []
        remote = self._ranges if isinstance(self._ranges, RemoteRanges) else None
        with reading(self._name, remote is not None, now):
            if remote is not None and stop > self._fetched:
                self._fetched = min(max(stop, start + self._ahead), self._entries)
                ahead = [entry for branch in self._baskets.values() for entry in branch.ranges(start, self._fetched)]
                remote.prefetch(ahead)
            for name, branch in self._baskets.items():
                now.append(name)
                columns[name] = branch.take(start, stop, direct=remote is None)
        self._position = stop
        return Events(stop - start, columns)

    def close(self) -> None:
        """Close the file."""
        self._ranges.close()
        self._close()


@contextmanager
def reading(name: str, remote: bool, now: list[str] | None = None) -> Iterator[None]:
    """Say in one sentence what is wrong with a file, or with its server; ``now`` ends with the branch being read."""
    try:
        yield
    except TrainerError:
        raise
    except FileNotFoundError as error:
        raise TrainerError(f"{name} is missing{' on its server' if remote else ''}") from error
    except (OSError, *DAMAGE) as error:
        what = f"{name}, branch {now[-1]}," if now else name
        if isinstance(error, OSError) and remote:
            raise TrainerError(
                f"{what} could not be read through XRootD ({_brief(error)}): "
                "see that the server is up and that the proxy may read the file"
            ) from error
        if isinstance(error, OSError) and error.errno is not None:
            raise TrainerError(f"{what} could not be read: {_brief(error)}") from error
        raise TrainerError(
            f"{what} is no ROOT file, or is corrupt or cut off ({_brief(error)}): upload it again"
        ) from error


def _is_tree(classname: str) -> bool:
    return classname in ("TTree", "TNtuple", "TNtupleD")


def _brief(error: BaseException) -> str:
    """Give the first line of an error, without addresses' queries."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return " ".join(shown(word) for word in lines[0][:200].split())
