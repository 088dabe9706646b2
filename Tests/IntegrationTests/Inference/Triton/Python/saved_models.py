"""SavedModels that the tests ask, and what TensorFlow itself answers."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import tensorflow as tf

Arrays = dict[str, npt.NDArray]

# TensorFlow's types under the protocol's names, without those whose values XLA-free kernels do not pass on.
TYPES = {
    "BOOL": tf.bool,
    "UINT8": tf.uint8,
    "UINT16": tf.uint16,
    "UINT32": tf.uint32,
    "UINT64": tf.uint64,
    "INT8": tf.int8,
    "INT16": tf.int16,
    "INT32": tf.int32,
    "INT64": tf.int64,
    "FP16": tf.float16,
    "FP32": tf.float32,
    "FP64": tf.float64,
    "BYTES": tf.string,
}


class _Identities(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None, 3], dtype, name=name) for name, dtype in TYPES.items()])
    def serve(self, *values: tf.Tensor) -> dict[str, tf.Tensor]:
        return {f"{name}_out": tf.identity(value) for name, value in zip(TYPES, values, strict=True)}


class _Dense(tf.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weights = tf.Variable(np.random.default_rng(5).normal(size=(4, 3)).astype(np.float32))

    @tf.function(
        input_signature=[
            tf.TensorSpec([None, 4], tf.float32, name="x"),
            tf.TensorSpec([None, 3], tf.float32, name="shift"),
        ]
    )
    def serve(self, x: tf.Tensor, shift: tf.Tensor) -> dict[str, tf.Tensor]:
        logits = tf.matmul(x, self.weights) + shift
        return {"scores": tf.nn.softmax(logits), "best": tf.argmax(logits, axis=1)}


class _Half(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32, name="x")])
    def serve(self, x: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"y": x / 2 + 3}


def all_types(folder: Path) -> None:
    """Write a model that gives back an input of every type, of shape [-1, 3]."""
    _save(_Identities(), folder)


def dense(folder: Path) -> None:
    """Write a model of two inputs, x [-1, 4] and shift [-1, 3]: scores [-1, 3] and their highest [-1]."""
    _save(_Dense(), folder)


def half(folder: Path) -> None:
    """Write a model of one input, x [-1, 4], that gives y = x / 2 + 3."""
    _save(_Half(), folder)


def answers(folder: Path, inputs: Arrays) -> Arrays:
    """Run a model with TensorFlow in this process."""
    loaded = tf.saved_model.load(str(folder))
    function = loaded.signatures["serving_default"]
    tensors = {name: tf.constant(value) for name, value in inputs.items()}
    return {name: value.numpy() for name, value in function(**tensors).items()}


def _save(module: tf.Module, folder: Path) -> None:
    tf.saved_model.save(module, str(folder), signatures=module.serve)
