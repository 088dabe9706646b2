"""Makes the dense net that every server is measured with, the requests, and the answers that are right.

The net is that of TFaaS's published figures, 42x128x128x128x64x64x1x1 in float32: 42 inputs, six hidden layers with
ReLU and one sigmoid at the end, with weights of a fixed seed. Its first dimension, the rows of a batch, is free.

Usage: ``dense.py FOLDER [MODEL_NAME]``
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

WIDTHS = (42, 128, 128, 128, 64, 64, 1, 1)
BATCH = 32
SEED = 20


def dense_net(random: np.random.Generator) -> onnx.ModelProto:
    """Returns the net as Keras layers are exported: a product, a sum and a function for each."""
    nodes, weights, last = [], [], "input"
    for number, (inputs, units) in enumerate(pairwise(WIDTHS), start=1):
        is_end = number == len(WIDTHS) - 1
        # He's scale keeps the numbers of every layer in the same order of magnitude. Positive weights into the single
        # unit keep it from being off for half of all rows.
        kernel = random.normal(0, np.sqrt(2 / inputs), (inputs, units))
        kernel = np.abs(kernel) / 4 if units == 1 and not is_end else kernel
        weights.append(numpy_helper.from_array(kernel.astype(np.float32), f"kernel{number}"))
        weights.append(numpy_helper.from_array(random.normal(0, 0.1, units).astype(np.float32), f"bias{number}"))
        out = "output" if is_end else f"layer{number}"
        nodes.append(helper.make_node("MatMul", [last, f"kernel{number}"], [f"product{number}"]))
        nodes.append(helper.make_node("Add", [f"product{number}", f"bias{number}"], [f"sum{number}"]))
        nodes.append(helper.make_node("Sigmoid" if is_end else "Relu", [f"sum{number}"], [out]))
        last = out
    graph = helper.make_graph(
        nodes,
        "dense",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["rows", WIDTHS[0]])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["rows", WIDTHS[-1]])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def tensor(rows: NDArray[np.float32]) -> dict[str, object]:
    """Returns the head of a tensor of the Open Inference Protocol, without its numbers."""
    return {"name": "input", "shape": list(rows.shape), "datatype": "FP32"}


def write_requests(folder: Path, rows: NDArray[np.float32], model: str) -> int:
    """Writes the bodies of the requests.

    Returns
    -------
    int
        Bytes of JSON at the front of the binary body.
    """
    row = [float(f"{value:.6g}") for value in rows[0]]
    bodies = {
        "row.v2.json": {"inputs": [{**tensor(rows[:1]), "data": row}]},
        "row.plain.json": {"inputs": [row]},
        "row.predict.json": {"rows": [row]},
        "row.tfaas.json": {"keys": [f"f{index}" for index in range(len(row))], "values": row, "model": model},
    }
    for name, body in bodies.items():
        (folder / name).write_text(json.dumps(body))
    head = {
        "inputs": [{**tensor(rows), "parameters": {"binary_data_size": rows.nbytes}}],
        "outputs": [{"name": "output", "parameters": {"binary_data": True}}],
    }
    text = json.dumps(head).encode()
    (folder / "rows.v2.bin").write_bytes(text + rows.astype("<f4").tobytes())
    return len(text)


def main() -> None:
    folder = Path(sys.argv[1])
    name = sys.argv[2] if len(sys.argv) > 2 else "dense"
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED)
    path = folder / "model.onnx"
    onnx.save(dense_net(random), path)

    # Six digits, so that the numbers of JSON and those of the binary tensors are the same.
    rows = np.vectorize(lambda value: float(f"{value:.6g}"))(random.normal(0, 1, (BATCH, WIDTHS[0]))).astype(np.float32)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    answers = session.run(None, {"input": rows})[0].ravel()
    # A net that answers every row alike would let a wrong answer pass for a right one.
    if np.unique(answers.round(4)).size < BATCH:
        sys.exit(f"the answers of the net are not all different: {answers}")
    length = write_requests(folder, rows, name)
    expected = {"binaryHeaderLength": length, "answers": [float(value) for value in answers]}
    (folder / "expected.json").write_text(json.dumps(expected))


if __name__ == "__main__":
    main()
