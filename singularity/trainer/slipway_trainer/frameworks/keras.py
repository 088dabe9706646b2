"""Models of Keras 2 (``tf_keras``) and Keras 3 on TensorFlow."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from slipway_trainer import faults
from slipway_trainer.errors import TrainerError
from slipway_trainer.export import onnx, saved_model
from slipway_trainer.frameworks.learner import Floats, Learner, Plan, Rows

if TYPE_CHECKING:
    from slipway_trainer.model import ModelFile

BLOCK = 8192
"""Rows of one run when nothing is learned."""


class KerasLearner(Learner):
    """Trains with the model's own ``fit``, and serves a function of its own on the model's variables."""

    main_file = saved_model.MAIN_FILE

    def __init__(self, model: Any, file: ModelFile, columns: int, log: Callable[[str], None]) -> None:  # noqa: ANN401
        families = {kind.__module__.partition(".")[0] for kind in type(model).__mro__}
        self._keras: Any = importlib.import_module("tf_keras" if "tf_keras" in families else "keras")
        self._is_keras2 = "tf_keras" in families
        self.framework = f"Keras {version('tf_keras' if self._is_keras2 else 'keras')}"
        self.columns = columns
        self._model = model
        if not self._is_keras2 and self._keras.backend.backend() != "tensorflow":
            raise TrainerError(
                f"the model of {file.path.name} runs on Keras's backend {self._keras.backend.backend()};"
                " models are saved from the backend tensorflow only"
            )
        try:
            self._trace(file)
        except TrainerError:
            raise
        except Exception as error:
            raise TrainerError(
                f"the model of {file.path.name} does not take rows of {columns} columns:"
                f" {faults.told(error, file.path.parent)}"
            ) from error
        if getattr(model, "optimizer", None) is None:
            self._compile(log)
        first = self._losses()[0]
        self.logits = bool(getattr(first, "from_logits", None) or getattr(first, "_fn_kwargs", {}).get("from_logits"))

    def summary(self) -> str:
        lines: list[str] = []
        self._model.summary(print_fn=lambda line, *_, **__: lines.append(line), line_length=100)
        return "\n".join(lines).rstrip()

    def fit(self, train: Rows, validation: Rows | None, plan: Plan) -> list[dict[str, float]]:
        options = {
            "epochs": plan.epochs,
            "batch_size": plan.batch_size,
            "shuffle": plan.shuffle,
            "verbose": 2 if plan.verbose else 0,
            "validation_data": (validation.x, self._targets(validation.y)) if validation else None,
        }
        # A model with a fit of its own need not know all of them.
        known = inspect.signature(self._model.fit).parameters
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in known.values()):
            options = {name: value for name, value in options.items() if name in known}
        result = self._model.fit(train.x, self._targets(train.y), **options)
        history = getattr(result, "history", None)
        if not isinstance(history, dict) or not history.get("loss"):
            history = {"loss": [self.loss(train)]}
            if validation:
                history["val_loss"] = [self.loss(validation)]
        return [
            {name: float(values[epoch]) for name, values in history.items() if epoch < len(values)}
            for epoch in range(len(history["loss"]))
        ]

    def predict(self, x: Floats) -> dict[str, Floats]:
        blocks = [self._serving(tf.constant(x[start : start + BLOCK])) for start in range(0, len(x), BLOCK)]
        return {name: np.concatenate([block[name].numpy() for block in blocks]) for name in self.outputs}

    def loss(self, rows: Rows) -> float:
        result = self._model.evaluate(rows.x, self._targets(rows.y), batch_size=BLOCK, verbose=0, return_dict=True)
        # A model with a test step of its own may call it something else.
        return float(result.get("loss", next(iter(result.values()))))

    def save_snapshot(self, folder: Path) -> None:
        saved_model.write_frozen(self._serving, list(self.outputs), folder)

    def save(self, folder: Path, sample: Floats, log: Callable[[str], None]) -> None:
        try:
            self._save_saved_model(folder)
        except Exception as error:
            told = faults.told(error, folder)
            raise TrainerError(f"the model cannot be written as {saved_model.MAIN_FILE}: {told}") from error
        expected = self.predict(sample)
        saved_model.check(folder, self.input_name, sample, expected)
        try:
            onnx.from_tensorflow(self._serving, folder / onnx.FILE)
            onnx.check(folder / onnx.FILE, self.input_name, sample, expected)
        except Exception as error:
            # The SavedModel is what is served.
            (folder / onnx.FILE).unlink(missing_ok=True)
            log(f"{onnx.FILE} is not written: {faults.told(error, folder)}")
        try:
            self._model.save(folder / "model.keras")
        except Exception as error:
            (folder / "model.keras").unlink(missing_ok=True)
            log(f"model.keras is not written: {faults.told(error, folder)}")

    def _save_saved_model(self, folder: Path) -> None:
        if self._is_keras2:
            self._model.save(
                folder, save_format="tf", signatures={"serving_default": self._serving.get_concrete_function()}
            )
            return
        archive = self._keras.export.ExportArchive()
        archive.track(self._model)
        archive.add_endpoint("serving_default", self._serving)
        archive.write_out(str(folder), verbose=False)

    def _trace(self, file: ModelFile) -> None:
        """Make the function that is served: float32[None, columns] to its outputs by name."""
        model = self._model
        # Models without an input layer make their weights when they are called first.
        results = model(tf.zeros((1, self.columns)), training=False)
        shown = results if isinstance(results, dict) else dict(enumerate(tf.nest.flatten(results)))
        names = list(results) if isinstance(results, dict) else self._output_names(len(shown))
        self.outputs = {}
        for name, value in zip(names, shown.values(), strict=True):
            if value.shape.rank != 2:
                raise TrainerError(
                    f"the model of {file.path.name} gives the shape {list(value.shape)} for one row in its output"
                    f" {name}; it must be one row of values"
                )
            self.outputs[name] = int(value.shape[1])
        self.input_name = self._input_name()
        signature = tf.TensorSpec((None, self.columns), tf.float32, name=self.input_name)

        def serve(rows: tf.Tensor) -> dict[str, tf.Tensor]:
            given = model(rows, training=False)
            values = list(given.values()) if isinstance(given, dict) else tf.nest.flatten(given)
            return dict(zip(names, (tf.cast(value, tf.float32) for value in values), strict=True))

        self._serving = tf.function(serve, input_signature=[signature])
        self._serving.get_concrete_function()

    def _input_name(self) -> str:
        """Return the name of the input layer; of Keras 3's unnamed input tensors nobody knows the names."""
        inputs = getattr(self._model, "inputs", None)
        if not inputs:
            return "inputs"
        if len(inputs) > 1:
            raise TrainerError(f"the model has {len(inputs)} inputs; it must have one, which takes rows of all columns")
        if self._is_keras2:
            return str(self._model.input_names[0])
        name = str(inputs[0].name)
        return "inputs" if name.startswith("keras_tensor") else name

    def _output_names(self, count: int) -> list[str]:
        graph = getattr(self._model, "_functional", None) or self._model
        names = getattr(graph, "output_names", None)
        if names and len(names) == count and len(set(names)) == count:
            return [str(name) for name in names]
        return [f"output_{index}" for index in range(count)]

    def _compile(self, log: Callable[[str], None]) -> None:
        width = next(iter(self.outputs.values()))
        activation = getattr(getattr(self._model, "layers", [None])[-1], "activation", None)
        last = getattr(activation, "__name__", None)
        losses, metrics = self._keras.losses, self._keras.metrics
        self._model.compile(
            optimizer=self._keras.optimizers.Adam(learning_rate=1e-3),
            loss=(
                losses.BinaryCrossentropy(from_logits=last == "linear")
                if width == 1
                else losses.SparseCategoricalCrossentropy(from_logits=last == "linear")
            ),
            metrics=[
                metrics.BinaryAccuracy(name="accuracy", threshold=0.0 if last == "linear" else 0.5)
                if width == 1
                else metrics.SparseCategoricalAccuracy(name="accuracy")
            ],
        )
        log("the model is not compiled: it is trained with Adam at the learning rate 0.001, and cross-entropy")

    def _losses(self) -> list[Any]:
        loss = getattr(self._model, "loss", None)
        if isinstance(loss, dict):
            return [loss.get(name) for name in self.outputs]
        if isinstance(loss, list | tuple):
            return [*loss, *[None] * (len(self.outputs) - len(loss))]
        return [loss] * len(self.outputs)

    def _targets(self, y: npt.NDArray[np.int64]) -> Any:  # noqa: ANN401 - one array, or one an output
        targets = [_target(y, width, loss) for width, loss in zip(self.outputs.values(), self._losses(), strict=True)]
        if len(targets) == 1:
            return targets[0]
        return dict(zip(self.outputs, targets, strict=True)) if isinstance(self._model.loss, dict) else targets


def _target(y: npt.NDArray[np.int64], width: int, loss: Any) -> npt.NDArray[Any]:  # noqa: ANN401
    """Return labels as a loss wants them: a column, numbers of classes, or a column a class."""
    if width == 1:
        return y.astype(np.float32)[:, None]
    name = loss if isinstance(loss, str) else getattr(loss, "name", None) or getattr(loss, "__name__", "")
    if "sparse" in str(name) or "Sparse" in type(loss).__name__:
        return y
    return np.eye(width, dtype=np.float32)[y]
