"""The dense net as a service of BentoML; `serve.py` starts it and says with how many workers.

Without metrics and access log, which its page on configuration allows to turn off.
"""

from __future__ import annotations

import os

import bentoml
import numpy as np
import onnxruntime
from numpy.typing import NDArray


def make_session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(os.environ["DENSE_MODEL"], options, providers=["CPUExecutionProvider"])


@bentoml.service(
    name="dense",
    workers=int(os.environ.get("DENSE_WORKERS", "1")),
    metrics={"enabled": False},
    logging={"access": {"enabled": False}},
)
class Dense:
    """Rows in, as many answers out."""

    def __init__(self) -> None:
        self.session = make_session()

    @bentoml.api
    async def predict(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        return self.session.run(None, {"input": inputs.astype(np.float32, copy=False)})[0]

    @bentoml.api(batchable=True, max_batch_size=64)
    async def predict_batched(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        return self.session.run(None, {"input": inputs.astype(np.float32, copy=False)})[0]
