"""What the first pass learns of files and of all of them together."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

FORMAT = 1
"""Raised when what a specs file means changes: older ones are then made anew."""


@dataclass(frozen=True)
class BranchSpecs:
    """One branch: its kind and the range of its finite values.

    Attributes
    ----------
    jagged : bool
        Whether an event has a list.
    minimum, maximum : float or None
        None where there is no finite value.
    length : int
        Values of the longest event; 1 for a flat branch.
    missing : int
        Values that are NaN or infinite.
    """

    jagged: bool
    minimum: float | None
    maximum: float | None
    length: int = 1
    missing: int = 0

    def merged(self, other: BranchSpecs) -> BranchSpecs:
        """Give the specs of both together."""
        minima = [value for value in (self.minimum, other.minimum) if value is not None]
        maxima = [value for value in (self.maximum, other.maximum) if value is not None]
        return BranchSpecs(
            self.jagged,
            min(minima, default=None),
            max(maxima, default=None),
            max(self.length, other.length),
            self.missing + other.missing,
        )


@dataclass(frozen=True)
class FileSpecs:
    """One file.

    Attributes
    ----------
    events : int
        Events that the cuts leave.
    scanned : int or None
        Events of the file that were looked at, before cuts; None for all.
    branches : dict of str to BranchSpecs
        The features.
    label : BranchSpecs or None
        The label branch, where there is one.
    unmatched : tuple of str
        Names and patterns of the selection that match nothing in this file.
    """

    events: int
    scanned: int | None
    branches: dict[str, BranchSpecs]
    label: BranchSpecs | None = None
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True)
class Specs:
    """All files: events of each by its name, their common branches, and the label branch."""

    events: dict[str, int]
    branches: dict[str, BranchSpecs]
    label: BranchSpecs | None = None
    files: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, object]:
        """Give the content of ``global-specs.json``."""
        return {
            "format": FORMAT,
            "events": {"total": sum(self.events.values()), **self.events},
            **branch_document(self.branches),
            "files": self.files,
        }


def branch_document(branches: dict[str, BranchSpecs]) -> dict[str, object]:
    """Give branches as the parallel tables that a specs file has; ``nans`` is where the value 0 is after scaling."""
    return {
        "fkeys": sorted(name for name, branch in branches.items() if not branch.jagged),
        "jkeys": sorted(name for name, branch in branches.items() if branch.jagged),
        "jdim": {name: branch.length for name, branch in sorted(branches.items()) if branch.jagged},
        "minv": {name: branch.minimum for name, branch in sorted(branches.items())},
        "maxv": {name: branch.maximum for name, branch in sorted(branches.items())},
        "nans": {name: _scaled_zero(branch) for name, branch in sorted(branches.items())},
        "missing": {name: branch.missing for name, branch in sorted(branches.items())},
    }


def branches_of(document: dict[str, object]) -> dict[str, BranchSpecs]:
    """Read what `branch_document` wrote.

    Raises
    ------
    KeyError, TypeError, ValueError
        The document is another one's.
    """
    result: dict[str, BranchSpecs] = {}
    tables = {key: document[key] for key in ("jdim", "minv", "maxv", "missing")}
    if not all(isinstance(table, dict) for table in tables.values()):
        raise TypeError("a table of branches is no object")
    for key, jagged in (("fkeys", False), ("jkeys", True)):
        names = document[key]
        if not isinstance(names, list):
            raise TypeError(f"{key} is no list")
        for name in names:
            minimum, maximum = (_number(tables[table][name]) for table in ("minv", "maxv"))  # type: ignore[index]
            length = int(tables["jdim"][name]) if jagged else 1  # type: ignore[index]
            missing = int(tables["missing"][name])  # type: ignore[index]
            if length < 0 or missing < 0 or (minimum is None) != (maximum is None):
                raise ValueError(f"the branch {name} has impossible values")
            if minimum is not None and maximum is not None and minimum > maximum:
                raise ValueError(f"the branch {name} has impossible values")
            result[name] = BranchSpecs(jagged, minimum, maximum, length, missing)
    return result


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is no finite number")
    return float(value)


def _scaled_zero(branch: BranchSpecs) -> float | None:
    if branch.minimum is None or branch.maximum is None or branch.maximum == branch.minimum:
        return 0.0
    scaled = -branch.minimum / (branch.maximum - branch.minimum)
    return scaled if math.isfinite(scaled) else 0.0
