"""Expressions over branches, as users write them in cuts and in new branches.

An expression is Python's own grammar, walked here node by node: arithmetic, comparisons and their chains, ``and``,
``or``, ``not`` and ``& | ~``, numbers, branches, and the functions below. Nothing of it is ever run as Python.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import awkward as ak
import numpy as np

from slipway_trainer.errors import TrainerError
from slipway_trainer.selection import nearest
from slipway_trainer.values import boolean, signed, wide

LONGEST = 2000
DEEPEST = 60

CONSTANTS = {"pi": np.pi, "inf": np.inf, "nan": np.nan}

ELEMENTWISE: dict[str, Callable[..., Any]] = {
    **{
        function.__name__: function
        for function in (
            np.absolute,
            np.arccos,
            np.arccosh,
            np.arcsin,
            np.arcsinh,
            np.arctan,
            np.arctan2,
            np.arctanh,
            np.cbrt,
            np.ceil,
            np.copysign,
            np.cos,
            np.cosh,
            np.deg2rad,
            np.exp,
            np.exp2,
            np.expm1,
            np.fabs,
            np.floor,
            np.fmod,
            np.hypot,
            np.isfinite,
            np.isinf,
            np.isnan,
            np.log,
            np.log10,
            np.log1p,
            np.log2,
            np.logical_and,
            np.logical_not,
            np.logical_or,
            np.logical_xor,
            np.maximum,
            np.minimum,
            np.power,
            np.rad2deg,
            np.rint,
            np.sign,
            np.sin,
            np.sinh,
            np.sqrt,
            np.square,
            np.tan,
            np.tanh,
            np.trunc,
        )
    },
    "abs": np.absolute,
    "acos": np.arccos,
    "asin": np.arcsin,
    "atan": np.arctan,
    "atan2": np.arctan2,
    "mod": np.mod,
    "pow": np.power,
    "round": np.rint,
    "where": ak.where,
}
"""Functions of each value."""

TRUTHS = {"logical_and", "logical_not", "logical_or", "logical_xor", "where"}
"""Those of them that take truth values as they are."""

REDUCTIONS: dict[str, Callable[..., Any]] = {
    "all": lambda values: ak.all(values, axis=1),
    "any": lambda values: ak.any(values, axis=1),
    "count": lambda values: ak.num(values, axis=1),
    "len": lambda values: ak.num(values, axis=1),
    "max": lambda values: ak.fill_none(ak.max(values, axis=1), np.nan),
    "mean": lambda values: ak.fill_none(ak.mean(values, axis=1), np.nan),
    "min": lambda values: ak.fill_none(ak.min(values, axis=1), np.nan),
    "num": lambda values: ak.num(values, axis=1),
    "sum": lambda values: ak.sum(values, axis=1),
}
"""Functions of a jagged branch that give one value an event; the extreme or mean of no value is NaN."""

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.true_divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.mod,
    ast.Pow: np.power,
    ast.BitAnd: np.logical_and,
    ast.BitOr: np.logical_or,
    ast.BitXor: np.logical_xor,
}

COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}


class Expression:
    """An expression that was read and found to be in order."""

    def __init__(self, text: str) -> None:
        """Read ``text``.

        Raises
        ------
        TrainerError
            It is no expression, or has something in it that expressions cannot have.
        """
        self.text = text.strip()
        if not self.text or len(self.text) > LONGEST:
            raise TrainerError(f"an expression must have 1 to {LONGEST} characters, but {text[:40]!r} has {len(text)}")
        try:
            self._body = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            reason = error.msg if isinstance(error, SyntaxError) else "too deep"
            raise TrainerError(f"the expression {self.text!r} cannot be read: {reason}") from error
        self._names: dict[str, None] = {}
        self._check(self._body, 0)

    @property
    def names(self) -> list[str]:
        """The names of branches that it has, each once."""
        return list(self._names)

    def check_names(self, known: Iterable[str]) -> None:
        """Refuse names that are no branches."""
        known = set(known)
        for name in self._names:
            if name not in known:
                raise TrainerError(f"the expression {self.text!r}: there is no branch {name}{nearest(name, known)}")

    def evaluate(self, branches: Mapping[str, Any]) -> Any:  # noqa: ANN401 # awkward has no types
        """Give the expression's value for a span of events.

        Parameters
        ----------
        branches : mapping of str to awkward array
            The branches that it may name.

        Returns
        -------
        awkward array, or a number where no branch is named
        """
        self.check_names(branches)
        try:
            with np.errstate(all="ignore"):
                return self._value(self._body, branches)
        except TrainerError:
            raise
        except (ValueError, TypeError, ArithmeticError, np.exceptions.AxisError) as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise TrainerError(f"the expression {self.text!r} has no value: {reason[:160]}") from error

    def _wrong(self, what: str) -> TrainerError:
        return TrainerError(f"the expression {self.text!r}: {what}")

    def _check(self, node: ast.expr, depth: int) -> None:
        """Refuse what is unknown, before any event is read, and note the names of branches."""
        if depth > DEEPEST:
            raise self._wrong(f"it is nested more than {DEEPEST} deep")
        match node:
            case ast.Constant(value=value) if isinstance(value, int | float):
                if abs(value) > 1e300:
                    raise self._wrong("it has a number that is too large")
            case ast.Name() | ast.Attribute():
                name = self._name(node)
                if name not in CONSTANTS:
                    self._names[name] = None
            case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
                self._check(left, depth + 1)
                self._check(right, depth + 1)
            case ast.UnaryOp(operand=operand):
                self._check(operand, depth + 1)
            case ast.BoolOp(values=values):
                for value in values:
                    self._check(value, depth + 1)
            case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in COMPARISONS for op in ops):
                for value in (left, *others):
                    self._check(value, depth + 1)
            case ast.Call(func=func, args=arguments, keywords=[]) if arguments:
                name = self._name(func).removeprefix("numpy.").removeprefix("np.").removeprefix("ak.")
                if name not in ELEMENTWISE and name not in REDUCTIONS:
                    raise self._wrong(f"there is no function {name}{nearest(name, [*ELEMENTWISE, *REDUCTIONS])}")
                for value in arguments:
                    self._check(value, depth + 1)
            case ast.Subscript(value=value, slice=index):
                self._check(value, depth + 1)
                self._check(index, depth + 1)
            case _:
                raise self._wrong(
                    f"{ast.unparse(node)!r} is not allowed in it: only arithmetic, comparisons, functions"
                )

    def _name(self, node: ast.expr) -> str:
        """Give a name, which may have points in it."""
        if isinstance(node, ast.Attribute):
            return f"{self._name(node.value)}.{node.attr}"
        if isinstance(node, ast.Name):
            return node.id
        raise self._wrong(f"{ast.unparse(node)!r} is no name")

    def _value(self, node: ast.expr, branches: Mapping[str, Any]) -> Any:  # noqa: ANN401
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name() | ast.Attribute():
                name = self._name(node)
                return branches[name] if name in branches else CONSTANTS[name]
            case ast.BinOp(left=left, op=op, right=right):
                sides = [self._value(left, branches), self._value(right, branches)]
                if isinstance(op, ast.BitAnd | ast.BitOr | ast.BitXor):
                    self._truths(node, sides)
                elif any(isinstance(side, ak.Array) for side in sides):
                    sides = [signed(side) for side in sides]
                else:
                    sides = [np.float64(side) for side in sides]
                if isinstance(op, ast.Pow):
                    sides[0] = wide(sides[0])
                return BINARY[type(op)](*sides)
            case ast.UnaryOp(op=op, operand=operand):
                value = self._value(operand, branches)
                if isinstance(op, ast.USub):
                    return np.negative(wide(value))
                if isinstance(op, ast.UAdd):
                    return value
                if isinstance(op, ast.Invert):
                    self._truths(node, [value])
                return np.logical_not(value)
            case ast.BoolOp(op=op, values=values):
                join = np.logical_and if isinstance(op, ast.And) else np.logical_or
                return self._joined(join, [self._value(value, branches) for value in values])
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [self._value(value, branches) for value in (left, *others)]
                links = [COMPARISONS[type(op)](sides[i], sides[i + 1]) for i, op in enumerate(ops)]
                return self._joined(np.logical_and, links)
            case ast.Call(func=func, args=arguments):
                name = self._name(func).removeprefix("numpy.").removeprefix("np.").removeprefix("ak.")
                return self._call(name, [self._value(value, branches) for value in arguments])
            case ast.Subscript(value=value, slice=index):
                return self._item(self._value(value, branches), self._value(index, branches))
        raise self._wrong(f"{ast.unparse(node)!r} is not allowed in it")

    def _joined(self, join: Callable[[Any, Any], Any], values: list[Any]) -> Any:  # noqa: ANN401
        result = values[0]
        for value in values[1:]:
            result = join(result, value)
        return result

    def _truths(self, node: ast.expr, values: list[Any]) -> None:
        """Refuse ``a > 1 & b > 2``, which Python reads as ``a > (1 & b) > 2``."""
        for value in values:
            if not boolean(value):
                raise self._wrong(f"{ast.unparse(node)!r} joins numbers: put each comparison in parentheses")

    def _call(self, name: str, arguments: list[Any]) -> Any:  # noqa: ANN401
        if name in ("min", "max") and len(arguments) > 1:
            return self._joined(np.minimum if name == "min" else np.maximum, [signed(value) for value in arguments])
        if name in REDUCTIONS:
            if len(arguments) != 1:
                raise self._wrong(f"{name} takes one jagged branch")
            if not isinstance(arguments[0], ak.Array) or arguments[0].ndim < 2:
                raise self._wrong(f"{name} is for jagged branches, and its argument is flat")
            return REDUCTIONS[name](arguments[0])
        if name not in TRUTHS:
            arguments = [signed(argument) for argument in arguments]
        return ELEMENTWISE[name](*arguments)

    def _item(self, value: Any, index: Any) -> Any:  # noqa: ANN401
        """Give ``branch[0]``, NaN where an event has fewer values, or ``branch[comparison]``."""
        if not isinstance(value, ak.Array) or value.ndim < 2:
            raise self._wrong("only a jagged branch has an index")
        if isinstance(index, ak.Array) and boolean(index):
            return value[index]
        if isinstance(index, bool) or not isinstance(index, int) or index < 0:
            raise self._wrong("an index must be a whole number of 0 or above, or a comparison")
        there = np.asarray(ak.num(value, axis=1)) > index
        result = np.full(len(value), np.nan)
        if there.any():
            result[there] = np.asarray(value[there][:, index])
        return ak.Array(result)
