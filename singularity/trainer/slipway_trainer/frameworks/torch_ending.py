"""What a PyTorch model computes last."""

from __future__ import annotations

import torch

SHAPING = {"aten::squeeze", "aten::view", "aten::reshape", "aten::flatten", "aten::select", "aten::contiguous"}
ENDINGS = {"aten::sigmoid": "sigmoid", "aten::softmax": "softmax", "aten::log_softmax": "log_softmax"}


def ending(model: torch.nn.Module, columns: int, device: torch.device) -> str:
    """Return ``sigmoid``, ``softmax`` or ``log_softmax`` where one of them makes the outputs, ``linear`` otherwise.

    Read from the operations of a run, so that functions are known as well as layers.
    """
    traced = torch.jit.trace(model, torch.zeros(2, columns, device=device), check_trace=False)
    graph = traced.inlined_graph
    node = next(iter(graph.outputs())).node()
    while node.kind() in SHAPING:
        node = next(iter(node.inputs())).node()
    return ENDINGS.get(node.kind(), "linear")
