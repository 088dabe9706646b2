"""The frameworks that models come from; each is imported only where a model is of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from slipway_trainer.errors import TrainerError
from slipway_trainer.frameworks.learner import Learner

if TYPE_CHECKING:
    from slipway_trainer.model import ModelFile


def learner(model: object, file: ModelFile, columns: int, classes: int, log: Callable[[str], None]) -> Learner:
    """Return what trains a model.

    Parameters
    ----------
    model
        What the file's function returned.
    columns
        Values a row that the model must take.
    classes
        How many labels there are; the model must have as many outputs, or one for two.

    Raises
    ------
    TrainerError
        Where the model is of no framework that is known, or does not fit.
    """
    families = {
        kind.__module__.partition(".")[0] for kind in type(model).__mro__ if kind.__name__ in ("Model", "Module")
    }
    found: Learner
    if families & {"keras", "tf_keras"}:
        from slipway_trainer.frameworks.keras import KerasLearner

        found = KerasLearner(model, file, columns, log)
    elif "torch" in families:
        from slipway_trainer.frameworks.torch import TorchLearner

        found = TorchLearner(model, file, columns, log)
    else:
        kind = "nothing" if model is None else f"a {type(model).__module__}.{type(model).__qualname__}"
        raise TrainerError(
            f"model({columns}) of {file.path.name} returned {kind.replace('builtins.', '')};"
            " it must return a Keras model or a torch.nn.Module"
        )
    check_width(found, file, classes)
    return found


def check_width(found: Learner, file: ModelFile, classes: int) -> None:
    """Refuse a model whose first output does not fit the labels."""
    name, width = next(iter(found.outputs.items()))
    if width == classes or (width == 1 and classes <= 2) or (width == 2 and classes == 1):
        return
    wanted = "1 or 2 values" if classes <= 2 else f"{classes} values"
    labels = "the label 0" if classes == 1 else f"labels 0 to {classes - 1}"
    raise TrainerError(
        f"the model of {file.path.name} has {width} value{'s' * (width != 1)} in its output {name},"
        f" but there are {labels}: its last layer must have {wanted}"
    )
