"""Which branches become features."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from slipway_trainer.errors import TrainerError
from slipway_trainer.parameters import Parameters


@dataclass(frozen=True)
class Selection:
    """What the parameters select.

    Attributes
    ----------
    selected, excluded : tuple of str
        Names or shell-style patterns; where none is selected, all are.
    identifier : tuple of str
        Branches that are no features.
    label : str or None
        The branch that holds the label, and is no feature.
    """

    selected: tuple[str, ...]
    excluded: tuple[str, ...]
    identifier: tuple[str, ...]
    label: str | None

    @classmethod
    def of(cls, parameters: Parameters, label: str | None) -> Selection:
        """Take the selection out of the parameters."""
        return cls(parameters.selected_branches, parameters.exclude_branches, parameters.identifier, label)

    def features(self, names: Iterable[str], made: Iterable[str] = ()) -> list[str]:
        """Give the names that become features; branches that were ``made`` are selected without being named."""
        made = set(made)
        return [
            name
            for name in names
            if (not self.selected or name in made or _any(name, self.selected))
            and not _any(name, self.excluded)
            and name not in self.identifier
            and name != self.label
        ]

    def named(self, name: str) -> bool:
        """Whether a branch is selected by its own name, and so cannot be left out in silence."""
        return name in self.selected or name == self.label

    def unmatched(self, names: Iterable[str]) -> list[str]:
        """Give the names and patterns that match none of ``names``."""
        names = list(names)
        label = () if self.label is None else (self.label,)
        return [
            pattern
            for pattern in (*self.selected, *self.excluded, *label)
            if not any(_matches(name, pattern) for name in names)
        ]

    def refuse(self, pattern: str, names: Iterable[str], where: str) -> TrainerError:
        """Give the error for a pattern that matches none of ``names``."""
        if pattern == self.label:
            what = "the label branch"
        else:
            what = "selected_branches:" if pattern in self.selected else "exclude_branches:"
        return TrainerError(f"{what} {pattern!r} is no branch of {where}{nearest(pattern, names)}")


def nearest(name: str, names: Iterable[str]) -> str:
    """Give the end of a sentence that says which names are near to one that is unknown."""
    known = sorted(names)
    close = difflib.get_close_matches(name, known, 3, 0.6)
    if close:
        return f": is it {' or '.join(close)}?"
    more = "" if len(known) <= 8 else f" and {len(known) - 8} more"
    return f": there are {', '.join(known[:8])}{more}" if known else ""


def _any(name: str, patterns: Iterable[str]) -> bool:
    return any(_matches(name, pattern) for pattern in patterns)


def _matches(name: str, pattern: str) -> bool:
    return name == pattern or (any(letter in pattern for letter in "*?[") and fnmatchcase(name, pattern))
