"""The dense net behind LitServe, set for speed.

With `fast_queue` (ZeroMQ between its processes), as many HTTP servers as workers, and no access log; the number of
workers and the batching, which its guide to speed advises, are for the caller to choose.
"""

from __future__ import annotations

import argparse
import os

import litserve
import numpy as np
import onnxruntime
from numpy.typing import NDArray


class Dense(litserve.LitAPI):
    """Rows of one request, or of several that are run together."""

    def setup(self, device: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        model = os.environ["DENSE_MODEL"]
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def decode_request(self, request: dict[str, list[list[float]]]) -> NDArray[np.float32]:
        return np.array(request["inputs"], dtype=np.float32)

    def batch(self, inputs: list[NDArray[np.float32]]) -> NDArray[np.float32]:
        return np.concatenate(inputs)

    def predict(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        return self.session.run(None, {"input": rows})[0]

    def unbatch(self, output: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        return list(output[:, None])

    def encode_response(self, output: NDArray[np.float32]) -> dict[str, list[list[float]]]:
        return {"output": output.tolist()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--batch-timeout", type=float, default=0.0)
    arguments = parser.parse_args()
    os.environ["DENSE_MODEL"] = arguments.model
    api = Dense(max_batch_size=arguments.batch, batch_timeout=arguments.batch_timeout)
    server = litserve.LitServer(
        api, accelerator="cpu", workers_per_device=arguments.workers, fast_queue=True, disable_openapi_url=True
    )
    server.run(
        host="127.0.0.1",
        port=arguments.port,
        num_api_servers=arguments.workers,
        log_level="warning",
        generate_client_file=False,
        access_log=False,
    )
