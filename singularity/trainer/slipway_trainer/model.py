"""The user's file that makes the model."""

from __future__ import annotations

import importlib.util
import inspect
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from slipway_trainer import faults
from slipway_trainer.errors import TrainerError
from slipway_trainer.frameworks import learning_rate


@dataclass(frozen=True)
class ModelFile:
    """A Python file with ``def model(idim)``, which returns a Keras model or a ``torch.nn.Module``.

    For PyTorch the file may also hold ``loss``, called with the model's outputs and the targets, ``optimizer``, called
    with the model's parameters, and the number ``learning_rate``.
    """

    path: Path
    module: ModuleType
    function: Callable[[int], object]

    @classmethod
    def load(cls, path: Path) -> ModelFile:
        """Run a file.

        Raises
        ------
        TrainerError
            Where there is none, where it fails, and where it makes no function ``model``.
        """
        if not path.is_file():
            raise TrainerError(f"there is no model file {path.name} in {path.parent}")
        learning_rate.accept_lr()
        spec = importlib.util.spec_from_file_location("slipway_user_model", path)
        if spec is None or spec.loader is None:
            raise TrainerError(f"the model file {path.name} is not a Python file; its name must end in .py")
        module = importlib.util.module_from_spec(spec)
        # Classes of the file are found by their module's name when they are saved.
        sys.modules[spec.name] = module
        # The file may import others of its folder, which must not gain compiled ones.
        sys.path.insert(0, str(path.parent))
        sys.dont_write_bytecode = True
        try:
            spec.loader.exec_module(module)
        except MemoryError:
            raise
        except (Exception, SystemExit) as error:
            raise TrainerError(f"the model file {path.name} cannot be loaded: {_told(error, path)}") from error
        function = getattr(module, "model", None)
        if not callable(function):
            raise TrainerError(f"the model file {path.name} has no function model(idim), which must return the model")
        return cls(path, module, function)

    def __str__(self) -> str:
        """Return the line by which users know that their file was read."""
        return f"load {self.path.name} {self.function} {inspect.getdoc(self.function) or ''}".rstrip()

    def build(self, columns: int, seed: int) -> object:
        """Call the function for so many columns.

        Parameters
        ----------
        seed
            Makes the initial weights the same again, with frameworks that the file has imported when it was loaded.

        Raises
        ------
        TrainerError
            Where it fails.
        """
        plant(seed)
        try:
            return self.function(columns)
        except MemoryError:
            raise
        except (Exception, SystemExit) as error:
            told = _told(error, self.path)
            raise TrainerError(f"model({columns}) of {self.path.name} failed: {told}{_hint(error)}") from error


def plant(seed: int) -> None:
    """Seed Python, NumPy, and those frameworks that have been imported."""
    random.seed(seed)
    np.random.seed(seed)
    if "tensorflow" in sys.modules:
        sys.modules["tensorflow"].random.set_seed(seed)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    if "tf_keras" in sys.modules:
        sys.modules["tf_keras"].utils.set_random_seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def _told(error: BaseException, path: Path) -> str:
    return faults.told(error, path.parent)


def _hint(error: BaseException) -> str:
    words = str(error)
    if "keras.src" in words and ("tf_keras" in words or "must be an instance of" in words):
        return (
            "; tf.keras is Keras 2 and keras is Keras 3 here, and their layers do not mix: import all of them from the"
            ' same one, or put "keras": 3 into the parameters, which makes both Keras 3'
        )
    return ""
