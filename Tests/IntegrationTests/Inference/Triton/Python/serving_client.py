"""Asks models of one kind by TensorFlow Serving's REST API.

Usage: serving_client.py onnx|savedmodel FOLDER, with SLIPWAY_URL and SLIPWAY_TOKEN set. Ends with 0 if all is as it
should be. Numbers are compared with those of the kind's own runtime in this process.
"""

import base64
import gzip
import importlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from onnx_models import TYPES
from server import Answer, Server


class Serving:
    """The calls, against the models all_types, dense and half."""

    def __init__(self, server: Server, kind_name: str, folder: Path) -> None:
        self.server = server
        self.kind = importlib.import_module({"onnx": "onnx_models", "savedmodel": "saved_models"}[kind_name])
        self.paths = {}
        for name in ["all_types", "dense", "half"]:
            path = folder / (name if kind_name == "savedmodel" else f"{name}.onnx")
            getattr(self.kind, name)(path)
            self.paths[name] = path
            server.upload(name, path)

    def post(self, call: str, request: object, headers: dict[str, str] | None = None) -> Answer:
        """Send a request's JSON."""
        return self.server.ask(f"/v1/models/{call}", json.dumps(request).encode(), headers)

    def predict(self, call: str, request: object) -> Any:  # noqa: ANN401 - any JSON
        """Send a request that has to be answered."""
        answer = self.post(call, request)
        assert answer.status == 200, answer
        assert answer.headers["slipway-model-version"] == "1", answer.headers
        return answer.json()

    def refused(self, status: int, word: str, answer: Answer) -> None:
        """Expect an error in the API's form."""
        assert answer.status == status, answer
        assert list(answer.json()) == ["error"], answer
        assert word in answer.json()["error"], answer

    def status(self) -> None:
        """Status and metadata, by name, version and label."""
        available = {"version": "1", "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
        for path in ["half", "half/versions/1", "half/labels/default"]:
            status = self.server.ask(f"/v1/models/{path}").json()
            assert status == {"model_version_status": [available]}, status
            metadata = self.server.ask(f"/v1/models/{path}/metadata").json()
            assert metadata["model_spec"] == {"name": "half", "signature_name": "", "version": "1"}, metadata
            signature = metadata["metadata"]["signature_def"]["signature_def"]["serving_default"]
            assert signature["inputs"]["x"]["dtype"] == "DT_FLOAT", metadata
            sizes = [dim["size"] for dim in signature["inputs"]["x"]["tensor_shape"]["dim"]]
            assert sizes == ["-1", "4"], metadata
            assert list(signature["outputs"]) == ["y"], metadata
        self.refused(404, "no such", self.server.ask("/v1/models/no%20such"))
        self.refused(404, "“2”", self.server.ask("/v1/models/half/versions/2"))
        self.refused(404, "best", self.server.ask("/v1/models/half/labels/best/metadata"))
        self.refused(404, "alias", self.server.ask("/v1/models/half/labels/1"))
        self.refused(400, "labels", self.server.ask("/v1/models/half/versions/default"))

    def one(self) -> None:
        """A model of one input and one output: bare values."""
        rows = np.random.default_rng(1).normal(size=(3, 4)).astype(np.float32)
        wanted = self.kind.answers(self.paths["half"], {"x": rows})["y"]
        bare = rows.tolist()
        named = [{"x": row} for row in bare]
        for call in ["half:predict", "half/versions/1:predict", "half/labels/default:predict"]:
            for instances in [bare, named]:
                found = self.predict(call, {"signature_name": "serving_default", "instances": instances})
                np.testing.assert_allclose(found["predictions"], wanted, rtol=1e-5, atol=1e-5)
            for inputs in [bare, {"x": bare}]:
                found = self.predict(call, {"inputs": inputs})
                np.testing.assert_allclose(found["outputs"], wanted, rtol=1e-5, atol=1e-5)
        body = gzip.compress(json.dumps({"instances": bare}).encode())
        headers = {"Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
        answer = self.server.ask("/v1/models/half:predict", body, headers)
        assert answer.headers["content-encoding"] == "gzip", answer
        found = json.loads(gzip.decompress(answer.body))["predictions"]
        np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-5)

    def several(self) -> None:
        """A model of two inputs and two outputs: objects."""
        rng = np.random.default_rng(2)
        inputs = {
            "x": rng.normal(size=(3, 4)).astype(np.float32),
            "shift": rng.normal(size=(3, 3)).astype(np.float32),
        }
        wanted = self.kind.answers(self.paths["dense"], inputs)
        columns = {name: array.tolist() for name, array in inputs.items()}
        rows = [{name: array[row].tolist() for name, array in inputs.items()} for row in range(3)]
        found = self.predict("dense:predict", {"inputs": columns})["outputs"]
        assert set(found) == {"scores", "best"}, found
        np.testing.assert_allclose(found["scores"], wanted["scores"], rtol=1e-5, atol=1e-5)
        assert found["best"] == wanted["best"].tolist()
        for row, prediction in enumerate(self.predict("dense:predict", {"instances": rows})["predictions"]):
            np.testing.assert_allclose(prediction["scores"], wanted["scores"][row], rtol=1e-5, atol=1e-5)
            assert prediction["best"] == wanted["best"][row]

    def types(self) -> None:
        """Every type, NaN and bytes that are no text among them."""
        values = {name: array.tolist() for name, (_, array) in TYPES.items()}
        values["BYTES"][1][0] = {"b64": base64.b64encode(b"\xff\xfe\x01").decode()}
        for outputs in [
            self.predict("all_types:predict", {"inputs": values})["outputs"],
            *self.transposed(self.predict("all_types:predict", {"instances": self.rows(values)})["predictions"]),
        ]:
            assert outputs["BYTES_out"] == values["BYTES"], outputs["BYTES_out"]
            for name, (_, wanted) in TYPES.items():
                if name != "BYTES":
                    # Every number reads back to the very same one of its own width.
                    found = np.array(outputs[f"{name}_out"], wanted.dtype)
                    np.testing.assert_array_equal(found, wanted, err_msg=name)

    @staticmethod
    def rows(columns: dict[str, list]) -> list[dict]:
        """Turn named columns into rows of named values."""
        return [{name: column[row] for name, column in columns.items()} for row in range(2)]

    @staticmethod
    def transposed(rows: list[dict]) -> list[dict]:
        """Turn rows of named values into named columns, one such object in a list."""
        return [{name: [row[name] for row in rows] for name in rows[0]}]

    def errors(self) -> None:
        """What cannot be asked says why."""
        one = {"instances": [[1, 2, 3, 4]]}
        self.refused(404, "no such", self.post("no%20such:predict", one))
        self.refused(404, ":explain", self.post("half:explain", one))
        self.refused(501, "predict", self.post("half:classify", {"examples": [{"x": 1}]}))
        self.refused(501, "predict", self.post("half/versions/1:regress", {"examples": [{"x": 1}]}))
        self.refused(405, ":predict", self.post("half", one))
        self.refused(400, "x", self.post("half:predict", {"instances": [[1, 2, 3]]}))
        self.refused(400, "instances[0]", self.post("half:predict", {"instances": [["a", 2, 3, 4]]}))
        self.refused(400, "shift", self.post("dense:predict", {"inputs": {"x": [[1, 2, 3, 4]]}}))
        self.refused(400, "serving_default", self.post("half:predict", {"signature_name": "other"} | one))
        self.refused(400, "expected", self.server.ask("/v1/models/half:predict", b"{"))
        self.refused(415, "gzip", self.post("half:predict", one, {"Content-Encoding": "br"}))
        self.refused(405, "POST", self.server.ask("/v1/models/half", method="PUT"))
        self.refused(404, "/v1/models", self.server.ask("/v1/models/half/other"))

    def all(self) -> None:
        """Every topic."""
        self.status()
        self.one()
        self.several()
        self.types()
        self.errors()


if __name__ == "__main__":
    Serving(Server.of_environment(), sys.argv[1], Path(sys.argv[2])).all()
