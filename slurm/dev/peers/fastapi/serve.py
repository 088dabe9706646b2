"""The dense net behind FastAPI and uvicorn, at /predict set for speed, at /tutorial as FastAPI's tutorial writes it.

uvloop and httptools, as uvicorn's page on settings advises, and no access log; orjson in both directions and a response
made by hand, as FastAPI's page on custom responses advises; one thread a session, since a call is shorter than the
waking of a second thread; `async def`, since a call is shorter than the way to a pool of threads and back.
"""

from __future__ import annotations

import argparse
import os

import numpy as np
import onnxruntime
import orjson
import uvicorn
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel


class Rows(BaseModel):
    """The body of a request, as FastAPI's tutorial declares one."""

    inputs: list[list[float]]


def make_app() -> FastAPI:
    """Returns the application, once in each worker."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(os.environ["DENSE_MODEL"], options, providers=["CPUExecutionProvider"])
    app = FastAPI(openapi_url=None)

    @app.post("/predict")
    async def predict(request: Request) -> Response:
        rows = np.array(orjson.loads(await request.body())["inputs"], dtype=np.float32)
        answer = session.run(None, {"input": rows})[0]
        return Response(orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY), media_type="application/json")

    @app.post("/tutorial")
    def tutorial(request: Rows) -> list[list[float]]:
        rows = np.array(request.inputs, dtype=np.float32)
        return session.run(None, {"input": rows})[0].tolist()

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    os.environ["DENSE_MODEL"] = arguments.model
    uvicorn.run(
        "serve:make_app",
        factory=True,
        host="127.0.0.1",
        port=arguments.port,
        workers=arguments.workers,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )
