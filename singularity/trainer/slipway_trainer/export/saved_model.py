"""TensorFlow's SavedModel."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from slipway_trainer.export.agreement import check_agreement

MAIN_FILE = "saved_model.pb"
SIGNATURE = "serving_default"


def write_frozen(serving: Any, outputs: list[str], folder: Path) -> None:  # noqa: ANN401 - a tf.function
    """Write a function with its variables as they are now, as constants of the graph.

    The values lie in ``saved_model.pb`` itself, and the rest is the same for every snapshot: one rename replaces the
    model, and whoever reads meanwhile gets the one or the other, whole.

    Parameters
    ----------
    serving
        A ``tf.function`` with an input signature that returns tensors by their names.
    outputs
        The names.
    """
    concrete = serving.get_concrete_function()
    frozen = convert_variables_to_constants_v2(concrete)
    # Values of a dictionary come in the order of its keys.
    names = sorted(outputs)
    module = tf.Module()
    module.serve = tf.function(
        lambda rows: dict(zip(names, tf.nest.flatten(frozen(rows)), strict=True)),
        input_signature=serving.input_signature,
    )
    tf.saved_model.save(module, str(folder), signatures={SIGNATURE: module.serve})
    _rename_shard(folder / "variables")


def _rename_shard(variables: Path) -> None:
    """Give the file of values another name than it has in a SavedModel with variables.

    Where that takes the place of a snapshot, the index and the file of values cannot be replaced at once; each index
    must find its own. Merged with a checkpoint of one number, the file is the second of two.
    """
    merged = variables.parent / "merged"
    merged.mkdir()
    number = str(merged / "number")
    tf.raw_ops.SaveV2(prefix=number, tensor_names=["snapshot"], shape_and_slices=[""], tensors=[tf.constant(0)])
    tf.raw_ops.MergeV2Checkpoints(
        checkpoint_prefixes=[number, str(variables / "variables")],
        destination_prefix=str(merged / "variables"),
        delete_old_dirs=False,
    )
    for file in variables.iterdir():
        file.unlink()
    for file in merged.glob("variables.*"):
        file.replace(variables / file.name)
    for file in merged.iterdir():
        file.unlink()
    merged.rmdir()


def check(folder: Path, input_name: str, sample: np.ndarray, expected: Mapping[str, np.ndarray]) -> None:
    """Load a SavedModel and compare what its signature gives.

    Raises
    ------
    TrainerError
        Where it differs.
    """
    signature = tf.saved_model.load(str(folder)).signatures[SIGNATURE]
    found = {name: value.numpy() for name, value in signature(**{input_name: tf.constant(sample)}).items()}
    check_agreement(MAIN_FILE, found, expected)
