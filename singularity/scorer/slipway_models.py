"""Opens a version's archive, and runs what is in it: ONNX, or a TensorFlow SavedModel or frozen graph."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from slipway_rows import Chunk, ScoringError

ONNX_TYPES = {
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(float16)": np.float16,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(int16)": np.int16,
    "tensor(int8)": np.int8,
    "tensor(uint8)": np.uint8,
    "tensor(bool)": np.bool_,
    "tensor(string)": np.object_,
}


class Input:
    """A model's input: its name, its shape without the rows (None where a dimension is open), and its numpy type."""

    def __init__(self, name: str, shape: list[int | None], dtype: np.typing.DTypeLike) -> None:
        self.name, self.shape, self.dtype = name, shape, dtype


class Model(Protocol):
    """Something that makes outputs of inputs."""

    inputs: list[Input]

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, Any]:
        """Return outputs by name, each with a row for a row: arrays, or lists of dictionaries."""


def unpack(archive: Path, sha256: str, folder: Path) -> None:
    """Unpack the archive once its SHA-256 is the one that was asked for."""
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise ScoringError(f"the model's archive has the SHA-256 {found}, but the version's is {sha256}")
    with tarfile.open(archive) as tar:
        for member in tar:
            path = (folder / member.name).resolve()
            if not path.is_relative_to(folder.resolve()) or not (member.isfile() or member.isdir()):
                raise ScoringError(f"the model's archive holds {member.name!r}, which is no plain file of it")
            tar.extract(member, folder, set_attrs=False)


def companion(folder: Path, name: str) -> dict[str, Any]:
    """Return the JSON object of the file of this name that lies nearest to the root; empty where there is none."""
    found = sorted(folder.rglob(name), key=lambda path: (len(path.parts), str(path)))
    return json.loads(found[0].read_text()) if found else {}


def load(folder: Path, threads: int) -> Model:
    """Load the version's model, to run on so many threads."""
    params = companion(folder, "params.json")
    onnx = sorted(folder.rglob("*.onnx"))
    saved = sorted(path.parent for path in folder.rglob("saved_model.pb"))
    graphs = [path for path in sorted(folder.rglob("*.pb")) if path.parent not in saved]
    chosen = [path for path in onnx + graphs if path.name == params.get("model")]
    if chosen or (len(onnx) == 1 and not saved):
        path = chosen[0] if chosen else onnx[0]
        return OnnxModel(path, threads) if path.suffix == ".onnx" else FrozenGraph(path, params, threads)
    if len(saved) == 1 and not onnx:
        return SavedModel(saved[0], threads)
    if len(graphs) == 1 and not onnx and not saved:
        return FrozenGraph(graphs[0], params, threads)
    raise ScoringError(
        "the version holds not one model that can be scored with: an .onnx file or a SavedModel is right"
    )


class OnnxModel:
    """An ONNX model in ONNX Runtime."""

    def __init__(self, path: Path, threads: int) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = ort.InferenceSession(path, options, providers=ort.get_available_providers())
        self.inputs = []
        for value in self.session.get_inputs():
            if value.type not in ONNX_TYPES:
                raise ScoringError(f"the model's input {value.name} is {value.type}, which no column can be")
            shape = [size if isinstance(size, int) else None for size in value.shape[1:]]
            self.inputs.append(Input(value.name, shape, ONNX_TYPES[value.type]))
        self.outputs = [value.name for value in self.session.get_outputs()]

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, Any]:
        """Return outputs by name."""
        return dict(zip(self.outputs, self.session.run(None, inputs), strict=True))


class SavedModel:
    """The serving signature of a TensorFlow SavedModel."""

    def __init__(self, path: Path, threads: int) -> None:
        tf = tensorflow(threads)
        self.model = tf.saved_model.load(str(path))
        signatures = self.model.signatures
        name = "serving_default" if "serving_default" in signatures else next(iter(sorted(signatures)), None)
        if name is None:
            raise ScoringError("the SavedModel has no signature that could be served")
        self.function = signatures[name]
        specifications = self.function.structured_input_signature[1]
        self.inputs = [
            Input(key, list(value.shape[1:]), value.dtype.as_numpy_dtype)
            for key, value in sorted(specifications.items())
        ]
        self.constant = tf.constant

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, Any]:
        """Return outputs by name."""
        outputs = self.function(**{name: self.constant(value) for name, value in inputs.items()})
        return {name: outputs[name].numpy() for name in sorted(outputs)}


class FrozenGraph:
    """A frozen graph of TensorFlow 1, whose nodes params.json names."""

    def __init__(self, path: Path, params: dict[str, Any], threads: int) -> None:
        tf = tensorflow(threads)
        nodes = [params.get(f"{kind}Node") or params.get(f"{kind}_node") for kind in ("input", "output")]
        if not all(nodes):
            raise ScoringError(
                f"{path.name} is a frozen graph; params.json beside it must name input_node and output_node"
            )
        graph = tf.compat.v1.GraphDef.FromString(path.read_bytes())
        names = [node if ":" in node else f"{node}:0" for node in nodes]
        wrapped = tf.compat.v1.wrap_function(lambda: tf.graph_util.import_graph_def(graph, name=""), [])
        self.function = wrapped.prune(names[0], names[1])
        tensor = self.function.inputs[0]
        shape = list(tensor.shape[1:]) if tensor.shape.rank is not None else [None]
        self.inputs = [Input(nodes[0], shape, tensor.dtype.as_numpy_dtype)]
        self.output = nodes[1]
        self.constant = tf.constant

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, Any]:
        """Return outputs by name."""
        return {self.output: self.function(self.constant(inputs[self.inputs[0].name])).numpy()}


def tensorflow(threads: int) -> Any:  # noqa: ANN401 (the module is imported where it is needed alone)
    """Return TensorFlow, set to so many threads."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    return tf


def arrange(chunk: Chunk, inputs: list[Input], columns: list[str] | None) -> dict[str, np.ndarray]:
    """Return the model's inputs made of a chunk.

    Parameters
    ----------
    columns
        Names of the columns, in the order of the one input's values; the file's own order where none are named.
    """
    if len(inputs) == 1:
        rows = chunk if isinstance(chunk, np.ndarray) else _stack(chunk, columns or list(chunk), inputs[0])
        return {inputs[0].name: _fit(rows, inputs[0])}
    if isinstance(chunk, np.ndarray):
        names = ", ".join(value.name for value in inputs)
        raise ScoringError(
            f"the model has {len(inputs)} inputs ({names}); an npy file, which names none, cannot fill them"
        )
    missing = [value.name for value in inputs if value.name not in chunk]
    if missing:
        raise ScoringError(
            f"there is no column for the model's input {', '.join(missing)}; there is {', '.join(chunk)}"
        )
    return {value.name: _fit(chunk[value.name], value) for value in inputs}


def _stack(chunk: dict[str, np.ndarray], columns: list[str], wanted: Input) -> np.ndarray:
    if wanted.shape and None not in wanted.shape and len(columns) != int(np.prod(wanted.shape)):
        raise ScoringError(
            f"the model takes {int(np.prod(wanted.shape))} values a row, but there are {len(columns)} columns "
            f"({', '.join(columns[:40])}); name the right ones as “columns”"
        )
    arrays = [_cast(chunk[name], wanted, name) for name in columns]
    return np.stack(arrays, axis=1)


def _fit(rows: np.ndarray, wanted: Input) -> np.ndarray:
    rows = _cast(rows, wanted, wanted.name)
    shape = wanted.shape
    if len(shape) == rows.ndim - 1 and all(
        size in (None, own) for size, own in zip(shape, rows.shape[1:], strict=True)
    ):
        return np.ascontiguousarray(rows)
    if shape.count(None) <= 1:
        try:
            return np.ascontiguousarray(rows.reshape([len(rows), *(-1 if size is None else size for size in shape)]))
        except ValueError:
            pass
    raise ScoringError(f"rows of shape {rows.shape[1:]} do not fit the model's input {wanted.name}, which is {shape}")


def _cast(array: np.ndarray, wanted: Input, name: str) -> np.ndarray:
    if wanted.dtype == np.object_:
        return array.astype(str).astype(np.object_)
    try:
        return array.astype(wanted.dtype, copy=False)
    except (TypeError, ValueError) as error:
        raise ScoringError(f"{name} holds what is no {np.dtype(wanted.dtype).name}: {error}") from error
