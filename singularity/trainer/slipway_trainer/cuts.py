"""Preprocessing by expressions, out of a JSON file.

The form is that of MLaaS4HEP's ``preproc.json``: ``new_branch`` with ``def``, ``type``, ``cut``, ``cut_1`` …,
``remove`` and ``keys_to_remove``, ``flat_cut`` and ``jagged_cut``; and shorter, ``"cuts": "expression"``, or a list of
them, and ``"new_branch": {"name": "expression"}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import awkward as ak
import numpy as np
import numpy.typing as npt

from slipway_trainer.awkward_columns import from_awkward, to_awkward
from slipway_trainer.columns import Column, Events, Jagged
from slipway_trainer.errors import TrainerError
from slipway_trainer.expressions import Expression

CUT = re.compile(r"cut(_\d+)?")
MODES: dict[str, Callable[[Any], Any]] = {
    "all": lambda passed: ak.all(passed, axis=1),
    "any": lambda passed: ak.any(passed, axis=1),
}


@dataclass(frozen=True)
class NewBranch:
    """A branch that is made: its name, how, and whether it has a list an event (None: as it comes out)."""

    name: str
    expression: Expression
    jagged: bool | None


@dataclass(frozen=True)
class Cut:
    """Events are kept where the expression is true: for any, or for all values, where it is jagged."""

    expression: Expression
    mode: str | None

    @property
    def text(self) -> str:
        """The cut as it was written."""
        return self.expression.text + (f" ({self.mode})" if self.mode else "")


@dataclass
class Cuts:
    """What a JSON file asks for: new branches one after the other, then all cuts, then branches to take away."""

    branches: list[NewBranch] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, document: object, source: str) -> Cuts:
        """Read a JSON document.

        Raises
        ------
        TrainerError
            It has a key, a value, or an expression that makes no sense; the key and ``source`` are named.
        """
        result = cls()
        known = ("new_branch", "flat_cut", "jagged_cut", "cuts")
        for part, content in _object(document, source, "the document").items():
            where = f"{source}: {part}"
            if part == "new_branch":
                for name, entry in _object(content, source, part).items():
                    result._add_branch(name, entry, f"{where} {name}")
            elif part in ("flat_cut", "jagged_cut"):
                for name, entry in _object(content, source, part).items():
                    fields = _object(entry, source, f"{part} {name}")
                    result._add_cuts(name, fields, part == "jagged_cut", f"{where} {name}", {"remove"})
            elif part == "cuts":
                for text in content if isinstance(content, list) else [content]:
                    result.cuts.append(Cut(Expression(_text(text, where)), None))
            else:
                raise TrainerError(f"{source} has {part!r}, but knows only {', '.join(known)}")
        return result

    @property
    def reads(self) -> list[str]:
        """The branches of the file that the expressions name."""
        made = {branch.name for branch in self.branches}
        expressions = [*(branch.expression for branch in self.branches), *(cut.expression for cut in self.cuts)]
        return list(dict.fromkeys(name for each in expressions for name in each.names if name not in made))

    @property
    def made(self) -> list[str]:
        """The branches that are made."""
        return [branch.name for branch in self.branches]

    def check(self, branches: Iterable[str]) -> None:
        """Refuse expressions that name what is no branch, nor made before."""
        known = set(branches)
        for branch in self.branches:
            branch.expression.check_names(known)
            known.add(branch.name)
        for cut in self.cuts:
            cut.expression.check_names(known)

    def apply(self, events: Events) -> Events:
        """Make branches, cut, and take branches away."""
        arrays = {name: to_awkward(events.columns[name]) for name in self.reads if name in events.columns}
        columns: dict[str, Column] = dict(events.columns)
        for branch in self.branches:
            value = branch.expression.evaluate(arrays)
            column = _column(value, events.count, branch)
            columns[branch.name] = column
            arrays[branch.name] = to_awkward(column)
        events = Events(events.count, columns)
        if self.cuts:
            keep = np.ones(events.count, np.bool_)
            for cut in self.cuts:
                keep &= _passed(cut, arrays, events.count)
            events = events.kept(keep)
        return events.only([name for name in events.columns if name not in self.removed])

    def _add_branch(self, name: str, entry: object, where: str) -> None:
        if isinstance(entry, str):
            self.branches.append(NewBranch(name, Expression(entry), None))
            return
        fields = _object(entry, where, "its content")
        if "def" not in fields:
            raise TrainerError(f"{where} has no def, which must be an expression such as log(Energy)")
        kind = fields.get("type")
        if kind not in (None, "flat", "jagged"):
            raise TrainerError(f"{where}: type is {kind!r}, but must be flat or jagged")
        jagged = None if kind is None else kind == "jagged"
        self.branches.append(NewBranch(name, Expression(_text(fields["def"], where)), jagged))
        self._add_cuts(name, fields, jagged is True, where, {"def", "type", "remove", "keys_to_remove"})
        removed = fields.get("keys_to_remove", [])
        for each in removed if isinstance(removed, list) else [removed]:
            self.removed.append(_text(each, where))

    def _add_cuts(self, name: str, fields: dict[str, Any], jagged: bool, where: str, others: set[str]) -> None:
        for key, value in fields.items():
            if CUT.fullmatch(key):
                self.cuts.append(_cut(value, jagged, f"{where} {key}"))
            elif key not in others:
                raise TrainerError(f"{where} has {key!r}, but knows only cut, cut_1, … and {', '.join(sorted(others))}")
        remove = str(fields.get("remove", "False")).lower()
        if remove not in ("true", "false"):
            raise TrainerError(f"{where}: remove is {fields['remove']!r}, but must be True or False")
        if remove == "true":
            self.removed.append(name)


def _cut(value: object, jagged: bool, where: str) -> Cut:
    if isinstance(value, list) and len(value) == 2 and value[1] in MODES:
        return Cut(Expression(_text(value[0], where)), value[1])
    if jagged:
        raise TrainerError(f'{where} is {value!r}, but must be a list such as ["Muon_pt > 20", "any"], or with "all"')
    return Cut(Expression(_text(value, where)), None)


def _column(value: Any, events: int, branch: NewBranch) -> Column:  # noqa: ANN401 # awkward has no types
    if not isinstance(value, ak.Array):
        value = np.full(events, value, np.float64)
    column = from_awkward(value)
    if column is None:
        raise TrainerError(f"new_branch {branch.name}: {branch.expression.text!r} gives no numbers")
    if branch.jagged is not None and branch.jagged != isinstance(column, Jagged):
        has, says = ("jagged", "flat") if isinstance(column, Jagged) else ("flat", "jagged")
        raise TrainerError(f"new_branch {branch.name} is {has}, but its type says {says}")
    return column


def _passed(cut: Cut, arrays: dict[str, Any], events: int) -> npt.NDArray[np.bool_]:
    passed = cut.expression.evaluate(arrays)
    if not isinstance(passed, ak.Array):
        return np.full(events, bool(passed))
    if passed.ndim > 1:
        if cut.mode is None:
            raise TrainerError(f"the cut {cut.text!r} has a list an event: write any({cut.text}) or all({cut.text})")
        passed = MODES[cut.mode](passed)
    return np.asarray(ak.to_numpy(passed)).astype(np.bool_)


def _object(value: object, source: str, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TrainerError(f"{source}: {what} must be a JSON object, not {type(value).__name__}")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise TrainerError(f"{where}: {value!r} must be a text")
    return value
