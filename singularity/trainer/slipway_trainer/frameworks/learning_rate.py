"""Lets ``lr=`` mean the learning rate in the optimizers of Keras 2 and 3, as it did when many model files were written.

Keras 2 ignores ``lr`` with a warning, Keras 3 refuses it. Their optimizers are changed as they are imported, so that a
job that imports neither pays for neither.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

PACKAGES = ("keras.src.optimizers", "tf_keras.src.optimizers")


def accept_lr() -> None:
    """Change the optimizers of Keras that have been imported, and those that will be."""
    for name in PACKAGES:
        if name in sys.modules:
            _change(sys.modules[name])
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds the packages of optimizers where they are, and changes them once they are loaded."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in PACKAGES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        loader: Any = spec.loader if spec else None
        if loader is None:
            return None
        load = loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            load(module)
            _change(module)

        loader.exec_module = load_and_change
        return spec


def _change(package: ModuleType) -> None:
    """Change the optimizers of a package's modules; those that Keras 2 calls legacy take ``lr`` of themselves."""
    within = f"{package.__name__}."
    for name, module in list(sys.modules.items()):
        if not name.startswith(within) or ".legacy" in name:
            continue
        for value in list(vars(module).values()):
            if isinstance(value, type) and hasattr(value, "apply_gradients") and "__init__" in vars(value):
                _wrap(value)


def _wrap(optimizer: Any) -> None:  # noqa: ANN401 - a class whose constructor is replaced
    construct = optimizer.__init__
    if hasattr(construct, "accepts_lr"):
        return

    @functools.wraps(construct)
    def constructor(self: object, *arguments: object, **options: object) -> None:
        if "lr" in options:
            if arguments or "learning_rate" in options:
                raise TypeError(f"{type(self).__name__} got both lr and learning_rate; they mean the same")
            options["learning_rate"] = options.pop("lr")
        construct(self, *arguments, **options)

    constructor.accepts_lr = True  # type: ignore[attr-defined]
    optimizer.__init__ = constructor
