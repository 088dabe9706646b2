"""ONNX models that the tests ask, and what ONNX Runtime itself answers."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper

Arrays = dict[str, npt.NDArray]

# The protocol's name of each type, ONNX's number, and two rows of three values.
TYPES: dict[str, tuple[int, npt.NDArray]] = {
    "BOOL": (TensorProto.BOOL, np.array([[True, False, True], [False, False, True]])),
    "UINT8": (TensorProto.UINT8, np.array([[0, 255, 7], [1, 2, 3]], np.uint8)),
    "UINT16": (TensorProto.UINT16, np.array([[0, 65535, 7], [1, 2, 3]], np.uint16)),
    "UINT32": (TensorProto.UINT32, np.array([[0, 2**32 - 1, 7], [1, 2, 3]], np.uint32)),
    "UINT64": (TensorProto.UINT64, np.array([[0, 2**64 - 1, 7], [1, 2, 3]], np.uint64)),
    "INT8": (TensorProto.INT8, np.array([[-128, 127, 7], [1, 2, 3]], np.int8)),
    "INT16": (TensorProto.INT16, np.array([[-32768, 32767, 7], [1, 2, 3]], np.int16)),
    "INT32": (TensorProto.INT32, np.array([[-(2**31), 2**31 - 1, 7], [1, 2, 3]], np.int32)),
    "INT64": (TensorProto.INT64, np.array([[-(2**63), 2**63 - 1, 7], [1, 2, 3]], np.int64)),
    "FP16": (TensorProto.FLOAT16, np.array([[0.1, -65504, 6e-8], [1, 2, 3]], np.float16)),
    "FP32": (TensorProto.FLOAT, np.array([[0.1, 3.4e38, 1e-45], [np.nan, np.inf, -np.inf]], np.float32)),
    "FP64": (TensorProto.DOUBLE, np.array([[0.1, 1.7e308, 5e-324], [np.nan, np.inf, -np.inf]])),
    "BYTES": (TensorProto.STRING, np.array([["", 'é"\n', "日本"], ["a", "b\\", "c" * 300]], dtype=object)),
}


def all_types(path: Path) -> None:
    """Write a model that gives back an input of every type, of shape [-1, 3]."""
    names = list(TYPES)
    nodes = [helper.make_node("Identity", [name], [f"{name}_out"]) for name in names]
    inputs = [helper.make_tensor_value_info(name, TYPES[name][0], [None, 3]) for name in names]
    outputs = [helper.make_tensor_value_info(f"{name}_out", TYPES[name][0], [None, 3]) for name in names]
    _save(nodes, inputs, outputs, [], path)


def dense(path: Path) -> None:
    """Write a model of two inputs, x [-1, 4] and shift [-1, 3]: scores [-1, 3] and their highest [-1]."""
    weights = np.random.default_rng(5).normal(size=(4, 3)).astype(np.float32)
    nodes = [
        helper.make_node("MatMul", ["x", "weights"], ["product"]),
        helper.make_node("Add", ["product", "shift"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["scores"], axis=1),
        helper.make_node("ArgMax", ["logits"], ["best"], axis=1, keepdims=0),
    ]
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 4]),
        helper.make_tensor_value_info("shift", TensorProto.FLOAT, ["rows", 3]),
    ]
    outputs = [
        helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["rows", 3]),
        helper.make_tensor_value_info("best", TensorProto.INT64, ["rows"]),
    ]
    _save(nodes, inputs, outputs, [onnx.numpy_helper.from_array(weights, "weights")], path)


def half(path: Path) -> None:
    """Write a model of one input, x [-1, 4], that gives y = x / 2 + 3."""
    nodes = [helper.make_node("Mul", ["x", "half"], ["halved"]), helper.make_node("Add", ["halved", "three"], ["y"])]
    constants = [
        onnx.numpy_helper.from_array(np.array(0.5, np.float32), "half"),
        onnx.numpy_helper.from_array(np.array(3, np.float32), "three"),
    ]
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 4])]
    outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", 4])]
    _save(nodes, inputs, outputs, constants, path)


def answers(path: Path, inputs: Arrays) -> Arrays:
    """Run a model with ONNX Runtime in this process."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


def _save(
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    constants: list[onnx.TensorProto],
    path: Path,
) -> None:
    graph = helper.make_graph(nodes, path.stem, inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
