"""The first pass over all files."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from slipway_trainer.columns import Events
from slipway_trainer.errors import TrainerError
from slipway_trainer.parameters import Parameters
from slipway_trainer.preprocessing import Preprocessing
from slipway_trainer.scanning import Progress, scan
from slipway_trainer.selection import Selection, nearest
from slipway_trainer.sources.opening import kind_of, open_source
from slipway_trainer.sources.paths import locate, shown
from slipway_trainer.sources.source import Source, Stream
from slipway_trainer.specs import FileSpecs, Specs
from slipway_trainer.specs_files import GLOBAL, SpecsFolder

FEWEST = 1000
"""Events that are preprocessed at a time at least: each time takes some milliseconds, however few they are."""

MOST_PARKED = 2000
"""Branches of files that are kept open between two readers of them: finding a tree's branches takes long."""


class FirstPass:
    """Opens files, and learns the range of each branch."""

    def __init__(
        self,
        files: Sequence[str],
        label: str | None,
        parameters: Parameters,
        *,
        folder: Path,
        datasets: Path | None,
        specs_folder: Path,
        preprocessing: Preprocessing | None,
        dtype: str | None,
        log: Callable[[str], None],
    ) -> None:
        """Keep what is asked for; nothing is read yet."""
        self._files = list(files)
        self._kinds = {name: kind_of(name, dtype) for name in files}
        self._parameters = parameters
        self._folder = folder
        self._datasets = datasets
        self._specs_folder = SpecsFolder(specs_folder, self._files)
        self._preprocessing = preprocessing
        self._selection = Selection.of(parameters, label)
        self._log = log
        self._open: dict[str, Source] = {}
        # Remote files must be closed while their library still works, which at the interpreter's end it does not.
        weakref.finalize(self, _close, self._open)

    @property
    def specs_texts(self) -> dict[str, str]:
        """What the specs files of this training hold, by their names."""
        return self._specs_folder.texts

    def open(self, name: str) -> Source:
        """Open a file of the list, or give it as it is open."""
        if name not in self._open:
            place = locate(name, self._folder, self._datasets, self._parameters.redirector)
            self._open[name] = open_source(name, place, self._kinds[name], self._parameters.branch)
        return self._open[name]

    def park(self, name: str) -> None:
        """Keep a file open for its next reader, or close it, where too much memory would be held."""
        if sum(len(source.branches) for source in self._open.values()) > MOST_PARKED:
            self._open.pop(name).close()

    def close(self) -> None:
        """Close all files."""
        _close(self._open)

    def stream(self, source: Source, features: Sequence[str] | None = None) -> Stream:
        """Begin to read a file: the named features, or all that the selection allows, and what else is needed."""
        wanted = self._wanted(source, features)
        stream = source.stream(wanted, self._parameters.chunk_size)
        if self._preprocessing is None:
            return stream
        # In the second pass each file holds what it preprocessed and has not given yet.
        at_a_time = max(self._parameters.chunk_size // len(self._files), min(self._parameters.chunk_size, FEWEST))
        return self._preprocessing.stream(stream, at_a_time, source.name)

    def run(self) -> Specs:
        """Give the specs of all files."""
        self._check_selection()
        found = {name: self._file(name) for name in self._files}
        self._check_unmatched(found)
        specs = self._common(found)
        self._log(f"write {GLOBAL}")
        self._specs_folder.write_global(specs)
        return specs

    def _made(self) -> list[str]:
        return self._preprocessing.made if self._preprocessing else []

    def _wanted(self, source: Source, features: Sequence[str] | None) -> list[str]:
        """Give the branches of the file that are to be read."""
        if self._preprocessing is not None and self._preprocessing.reads is None:
            return list(source.branches)
        chosen = set(self._selection.features(source.branches) if features is None else features)
        if self._selection.label is not None:
            chosen.add(self._selection.label)
        if self._preprocessing is not None and self._preprocessing.reads is not None:
            chosen.update(self._preprocessing.reads)
        return [name for name in source.branches if name in chosen]

    def _check_selection(self) -> None:
        """Refuse names that match nothing in any file, and selected branches that are no numbers, before reading."""
        names: dict[str, None] = {}
        for file in self._files:
            source = self.open(file)
            self._check_file(source)
            names.update(dict.fromkeys((*source.branches, *source.skipped)))
            self.park(file)
        names.update(dict.fromkeys(self._made()))
        if self._preprocessing is not None and self._preprocessing.reads is None:
            return  # a function may make branches that only reading tells
        for pattern in self._selection.unmatched(names):
            raise self._selection.refuse(pattern, names, "any file")

    def _check_file(self, source: Source) -> None:
        for name, what in source.skipped.items():
            if self._selection.named(name):
                raise TrainerError(
                    f"{source.name}: the branch {name} holds {what}, which is no number: do not select it"
                )
        if self._preprocessing is not None:
            self._preprocessing.check(source.branches, source.name)

    def _check_unmatched(self, found: dict[str, FileSpecs]) -> None:
        """Refuse names that match nothing, where only reading could tell."""
        everywhere = set.intersection(*[set(specs.unmatched) for specs in found.values() if specs.events] or [set()])
        for pattern in sorted(everywhere):
            names = {name for specs in found.values() for name in specs.branches}
            raise self._selection.refuse(pattern, names, "any file")

    def _file(self, name: str) -> FileSpecs:
        """Give one file's specs, from an earlier job where they still hold."""
        source = self.open(name)
        key = self._key(name, source)
        limit = self._limit(source)
        file = self._specs_folder.file(name)
        known = self._specs_folder.read(name, key)
        if isinstance(known, FileSpecs):
            if known.scanned is None or (limit is not None and known.scanned >= limit):
                self._log(f"load specs from {file} for {source.name}")
                self.park(name)
                return known
            known = "more events are wanted now"
        if known is not None:
            self._log(f"{file} is made anew: {known}")
        specs = self._scan(source, limit)
        self.park(name)
        self._log(f"write {file}")
        self._specs_folder.write(name, key, specs)
        return specs

    def _limit(self, source: Source) -> int | None:
        """Give the events that are enough to look at, where a training takes only some of the file's first ones."""
        nevts = self._parameters.nevts
        if nevts < 0 or source.entries is None or self._preprocessing is not None or nevts >= source.entries:
            return None
        return nevts

    def _key(self, name: str, source: Source) -> dict[str, object]:
        selection = self._selection
        return {
            "kind": self._kinds[name],
            "tree": self._parameters.branch if self._kinds[name] == "root" else "",
            "fingerprint": source.fingerprint,
            "selected_branches": list(selection.selected),
            "exclude_branches": list(selection.excluded),
            "identifier": list(selection.identifier),
            "label": selection.label,
            "preprocessing": None if self._preprocessing is None else self._preprocessing.digest,
        }

    def _scan(self, source: Source, limit: int | None) -> FileSpecs:
        self._log(f"Reading {source.name}")
        if source.skipped:
            self._log(f"{source.name}: skipped, no numbers: {_listed(source.skipped)}")
        unmatched: list[str] = []

        def features(events: Events) -> list[str]:
            seen = [*source.branches, *events.columns]
            unmatched.extend(self._selection.unmatched(seen))
            made = [column for column in events.columns if column not in source.branches]
            chosen = self._selection.features(events.columns, made)
            label = self._selection.label
            if label is not None and label not in events.columns:
                raise TrainerError(f"{source.name} has no label branch {label!r}{nearest(label, events.columns)}")
            if not chosen:
                raise TrainerError(
                    f"{source.name}: no branch is left: {len(seen)} are there, but the selection and the "
                    "exclusions leave none"
                )
            return chosen

        with closing(self.stream(source)) as stream:
            events, branches, label = scan(
                stream,
                features,
                self._selection.label,
                name=source.name,
                limit=limit,
                chunk=self._parameters.chunk_size,
                progress=Progress(self._log),
            )
        if not events and self._preprocessing is not None:
            self._log(f"{source.name}: the cuts remove all events")
        elif not events:
            raise TrainerError(f"{source.name} has no events: take the file off the list")
        if limit is not None and source.entries is not None:
            events = source.entries
        jagged = [branch for branch in branches.values() if branch.jagged]
        flat = len(branches) - len(jagged)
        self._log(
            f"--- first pass: {events} events, ({flat}-flat, {len(jagged)}-jagged) branches, "
            f"{flat + sum(branch.length for branch in jagged)} attrs"
        )
        return FileSpecs(events, limit, branches, label, tuple(unmatched))

    def _common(self, found: dict[str, FileSpecs]) -> Specs:
        """Put the files' specs together: the branches that all of them have in one kind."""
        everything = found
        found = {file: specs for file, specs in found.items() if specs.events}
        if not found:
            cuts = "" if self._preprocessing is None else f": {self._preprocessing.described}"
            raise TrainerError(f"the cuts remove all events of all files{cuts}")
        names = list(dict.fromkeys(name for specs in found.values() for name in specs.branches))
        branches = {}
        for name in names:
            those = {file: specs.branches.get(name) for file, specs in found.items()}
            lacking = [shown(file) for file, branch in those.items() if branch is None]
            kinds = {branch.jagged for branch in those.values() if branch is not None}
            if lacking or len(kinds) > 1:
                why = f"{lacking[0]} has no such branch" if lacking else "it is flat in one file and jagged in another"
                if self._selection.named(name):
                    raise TrainerError(f"the branch {name} was selected, but {why}: take it out of selected_branches")
                self._log(f"left out {name}: {why}")
                continue
            merged = None
            for branch in those.values():
                if branch is not None:
                    merged = branch if merged is None else merged.merged(branch)
            if merged is not None:
                branches[name] = merged
        if not any(branch.length for branch in branches.values()):
            raise TrainerError("no branch is left that all files have with a value in it")
        label = None
        for specs in found.values():
            if specs.label is not None:
                label = specs.label if label is None else label.merged(specs.label)
        return Specs(
            {shown(name): specs.events for name, specs in everything.items()},
            branches,
            label,
            {shown(name): self._specs_folder.file(name) for name in everything},
        )


def _close(sources: dict[str, Source]) -> None:
    while sources:
        sources.popitem()[1].close()


def _listed(skipped: dict[str, str]) -> str:
    shortened = [f"{name} ({what})" for name, what in list(skipped.items())[:10]]
    more = len(skipped) - len(shortened)
    return ", ".join(shortened) + (f" and {more} more" if more else "")
