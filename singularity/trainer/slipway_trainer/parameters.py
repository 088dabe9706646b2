"""The parameters of a training, read from ``params_*.json``."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, fields
from pathlib import Path

from slipway_trainer.errors import TrainerError

LARGEST_FILE = 1 << 20
LARGEST_NUMBER = 1 << 31
SERVED_FILES = {"saved_model": "saved_model.pb", "onnx": "model.onnx"}
"""Files of the model by what ``serve`` may say."""


@dataclass(frozen=True)
class Parameters:
    """What ``params_*.json`` says.

    Attributes
    ----------
    nevts : int
        Events to train on, over all files; -1 for all.
    chunk_size : int
        Events in memory at a time.
    identifier : tuple of str
        Branches that name an event, and are no features.
    branch : str
        The tree, with its folder where it has one: ``dir/tree``.
    selected_branches, exclude_branches : tuple of str
        Names, or patterns with ``*``, ``?`` and ``[…]``.
    nan : float
        What a missing value becomes after scaling.
    keras : 2, 3 or None
        What ``tf.keras`` is.
    serve : str or None
        The form that the server takes where a model is left in several: ``saved_model`` or ``onnx``.
    extras : dict
        What else the file says: nobody here reads it.
    """

    nevts: int = -1
    shuffle: bool = True
    seed: int = 21
    chunk_size: int = 10_000
    epochs: int = 5
    batch_size: int = 100
    identifier: tuple[str, ...] = ()
    branch: str = "Events"
    selected_branches: tuple[str, ...] = ()
    exclude_branches: tuple[str, ...] = ()
    hist: str = ""
    redirector: str = ""
    verbose: int = 1
    split: float | None = None
    nan: float = 0.0
    keras: int | None = None
    serve: str | None = None
    extras: dict[str, object] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Parameters:
        """Read and check a file of parameters.

        Raises
        ------
        TrainerError
            The file is missing or no JSON object, or a parameter has a type or value that it cannot have.
        """
        if not path.is_file():
            raise TrainerError(f"the file of parameters {path.name} is missing")
        if path.stat().st_size > LARGEST_FILE:
            raise TrainerError(f"the file of parameters {path.name} is larger than {LARGEST_FILE} bytes")
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as error:
            raise TrainerError(f"{path.name} is no JSON: {error}") from error
        if not isinstance(document, dict):
            raise TrainerError(f'{path.name} must be a JSON object such as {{"nevts": -1, "epochs": 5}}')
        return cls.of(document, path.name)

    @classmethod
    def of(cls, document: dict[str, object], source: str = "params") -> Parameters:
        """Check a JSON object of parameters; ``source`` names it in errors."""
        known = {entry.name for entry in fields(cls)} - {"extras"}
        values: dict[str, object] = {}
        for name, value in document.items():
            if name in known:
                values[name] = _checked(name, value, source)
        extras = {name: value for name, value in document.items() if name not in known}
        return cls(**values, extras=extras)  # type: ignore[arg-type] # each value was checked by its name


def _checked(name: str, value: object, source: str) -> object:
    """Give the value of one parameter in its type."""
    match name:
        case "nevts":
            if value == -1:
                return -1
            return _whole(name, value, source, 1, "-1 for all events, or a number of events above 0")
        case "seed":
            return _whole(name, value, source, 0, "a whole number of 0 or above")
        case "chunk_size" | "epochs" | "batch_size":
            return _whole(name, value, source, 1, "a whole number of 1 or above")
        case "verbose":
            return _whole(name, int(value) if isinstance(value, bool) else value, source, 0, "0, 1 or 2")
        case "keras":
            if value is None or (value in (2, 3) and not isinstance(value, bool)):
                return value
            raise _wrong(name, value, source, "2 or 3")
        case "serve":
            if value in (None, "", *SERVED_FILES):
                return value or None
            raise _wrong(name, value, source, " or ".join(SERVED_FILES))
        case "shuffle":
            return _truth(name, value, source)
        case "split":
            if value is None:
                return None
            return _fraction(name, value, source)
        case "nan":
            return _missing(name, value, source)
        case "identifier" | "selected_branches" | "exclude_branches":
            return _names(name, value, source)
        case "redirector":
            text = _text(name, value, source)
            if text and not text.startswith(("root://", "roots://")):
                raise _wrong(name, value, source, "an address such as root://cms-xrd-global.cern.ch")
            return text
        case _:
            return _text(name, value, source)


def _wrong(name: str, value: object, source: str, right: str) -> TrainerError:
    shown = json.dumps(value, default=str)
    return TrainerError(f"{source}: {name} is {shown[:80]}, but must be {right}")


def _whole(name: str, value: object, source: str, least: int, right: str) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value < LARGEST_NUMBER:
        raise _wrong(name, value, source, right)
    return value


def _fraction(name: str, value: object, source: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
        raise _wrong(name, value, source, "a number between 0 and 1")
    return float(value)


def _missing(name: str, value: object, source: str) -> float:
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _wrong(name, value, source, "a finite number such as 0 or -1")
    return float(value)


def _truth(name: str, value: object, source: str) -> bool:
    words = {"true": True, "false": False, "1": True, "0": False}
    word = str(value).lower()
    if word not in words:
        raise _wrong(name, value, source, "true or false")
    return words[word]


def _text(name: str, value: object, source: str) -> str:
    if value is None or value is False:
        return ""
    if not isinstance(value, str) or any(ord(letter) < 32 for letter in value):
        raise _wrong(name, value, source, "a text")
    return value.strip()


def _names(name: str, value: object, source: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise _wrong(name, value, source, 'a list of names, or names with commas between them, or ""')
    stripped = [entry.strip() for entry in value]
    return tuple(dict.fromkeys(entry for entry in stripped if entry))
