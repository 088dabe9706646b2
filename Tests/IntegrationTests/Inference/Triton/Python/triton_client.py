"""Makes every call of tritonclient's HTTP client but those of shared memory, against models of one kind.

Usage: triton_client.py onnx|savedmodel FOLDER, with SLIPWAY_URL and SLIPWAY_TOKEN set. Ends with 0 if all is as it
should be. Numbers are compared with those of the kind's own runtime in this process.
"""

import gzip
import importlib
import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
from onnx_models import TYPES
from server import Server
from tritonclient.http import (
    InferenceServerClient,
    InferenceServerClientPlugin,
    InferInput,
    InferRequestedOutput,
    InferResult,
    Request,
)
from tritonclient.utils import InferenceServerException

Arrays = dict[str, npt.NDArray]


class Bearer(InferenceServerClientPlugin):
    """Puts the token into every call."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, request: Request) -> None:
        """Add the header."""
        request.headers.update(self._server.headers)


def same(found: npt.NDArray, wanted: npt.NDArray, what: str) -> None:
    """Compare an answer: numbers to 1e-5, anything else exactly."""
    assert found.shape == wanted.shape, f"{what}: shape {found.shape}, wanted {wanted.shape}"
    if wanted.dtype == object:
        wanted = np.vectorize(lambda text: text.encode() if isinstance(text, str) else text, otypes=[object])(wanted)
        found = np.vectorize(lambda text: text.encode() if isinstance(text, str) else text, otypes=[object])(found)
        assert (found == wanted).all(), f"{what}: {found}, wanted {wanted}"
    elif np.issubdtype(wanted.dtype, np.floating):
        assert found.dtype == wanted.dtype, f"{what}: {found.dtype}, wanted {wanted.dtype}"
        np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-5, err_msg=what)
    else:
        assert found.dtype == wanted.dtype, f"{what}: {found.dtype}, wanted {wanted.dtype}"
        assert (found == wanted).all(), f"{what}: {found}, wanted {wanted}"


def refused(status: int, word: str, call: Callable[[], object]) -> None:
    """Expect an error of the server's, with a word in its message."""
    try:
        result = call()
    except InferenceServerException as error:
        assert error.status() == str(status), f"{error} has the status {error.status()}, wanted {status}"
        assert word in error.message(), f"“{word}” is not in “{error.message()}”"
        return
    raise AssertionError(f"no error but {result!r}")


def datatype(array: npt.NDArray) -> str:
    """Give the protocol's name of an array's type."""
    return "BYTES" if array.dtype == object else next(n for n, (_, a) in TYPES.items() if a.dtype == array.dtype)


def tensors(inputs: Arrays, *, binary: bool) -> list[InferInput]:
    """Make a request's inputs."""
    made = []
    for name, array in inputs.items():
        tensor = InferInput(name, list(array.shape), datatype(array))
        tensor.set_data_from_numpy(array, binary_data=binary)
        made.append(tensor)
    return made


class Calls:
    """The calls, against the models all_types, dense and half."""

    def __init__(self, client: InferenceServerClient, server: Server, kind: ModuleType, folder: Path) -> None:
        self.client = client
        self.server = server
        self.paths = {}
        self.kind = kind
        for name in ["all_types", "dense", "half"]:
            path = folder / (name if kind.__name__ == "saved_models" else f"{name}.onnx")
            getattr(kind, name)(path)
            self.paths[name] = path
        self.versions = {name: server.upload(name, path) for name, path in self.paths.items()}
        rng = np.random.default_rng(3)
        self.rows = {
            "x": rng.normal(size=(5, 4)).astype(np.float32),
            "shift": rng.normal(size=(5, 3)).astype(np.float32),
        }
        self.wanted = kind.answers(self.paths["dense"], self.rows)

    def health(self) -> None:
        """Health, of the server and of models; a name with characters that have to be encoded."""
        assert self.client.is_server_live()
        assert self.client.is_server_ready()
        assert self.client.is_model_ready("dense")
        assert self.client.is_model_ready("dense", "1")
        assert not self.client.is_model_ready("dense", "2")
        assert not self.client.is_model_ready("no such/model")

    def metadata(self) -> None:
        """What server and models say of themselves."""
        extensions = set(self.client.get_server_metadata()["extensions"])
        wanted = {"binary_tensor_data", "parameters", "statistics", "model_repository", "model_configuration"}
        assert wanted | {"classification"} <= extensions, extensions
        metadata = self.client.get_model_metadata("dense")
        assert metadata["name"] == "dense"
        assert metadata["versions"] == ["1"]
        platform = "tensorflow_savedmodel" if self.kind.__name__ == "saved_models" else "onnx_onnxv1"
        assert metadata["platform"] == platform, metadata
        inputs = {tensor["name"]: (tensor["datatype"], tensor["shape"]) for tensor in metadata["inputs"]}
        assert inputs == {"x": ("FP32", [-1, 4]), "shift": ("FP32", [-1, 3])}, inputs
        outputs = {tensor["name"]: (tensor["datatype"], tensor["shape"]) for tensor in metadata["outputs"]}
        assert outputs == {"scores": ("FP32", [-1, 3]), "best": ("INT64", [-1])}, outputs
        assert self.client.get_model_metadata("dense", "1") == metadata
        config = self.client.get_model_config("dense", "1")
        assert (config["name"], config["platform"], config["max_batch_size"]) == ("dense", platform, 0), config
        dims = {tensor["name"]: (tensor["data_type"], tensor["dims"]) for tensor in config["input"]}
        assert dims == {"x": ("TYPE_FP32", [-1, 4]), "shift": ("TYPE_FP32", [-1, 3])}, dims
        types = {tensor["name"]: tensor["data_type"] for tensor in self.client.get_model_config("all_types")["output"]}
        assert types["BYTES_out"] == "TYPE_STRING", types
        assert types["BOOL_out"] == "TYPE_BOOL", types

    def repository(self) -> None:
        """Index, load and unload; a model comes back into memory with its next request."""
        index = {(entry["name"], entry["version"]): entry for entry in self.client.get_model_repository_index()}
        assert set(index) == {(name, "1") for name in self.paths}, index
        assert {entry["state"] for entry in index.values()} == {"READY"}, index
        assert self.client.load_model("dense") is None
        loaded = {entry["name"]: entry["reason"] for entry in self.client.get_model_repository_index()}
        assert loaded["dense"] == "", loaded
        self.client.unload_model("dense")
        self.client.unload_model("dense", unload_dependents=True)
        unloaded = {entry["name"]: entry["reason"] for entry in self.client.get_model_repository_index()}
        assert "not in memory" in unloaded["dense"], unloaded
        self.infer(binary=True, answer_binary=True)
        refused(404, "no such", lambda: self.client.load_model("no such"))
        refused(404, "no such", lambda: self.client.unload_model("no such"))
        refused(501, "config", lambda: self.client.load_model("dense", config="{}"))
        files = {"file:1/model.onnx": b"model"}
        refused(501, "config", lambda: self.client.load_model("dense", config="{}", files=files))

    def infer(self, *, binary: bool, answer_binary: bool, **options: object) -> InferResult:
        """Ask the model of two inputs and two outputs, and compare."""
        outputs = [InferRequestedOutput(name, binary_data=answer_binary) for name in ["best", "scores"]]
        result = self.client.infer("dense", tensors(self.rows, binary=binary), outputs=outputs, **options)
        for name, wanted in self.wanted.items():
            same(result.as_numpy(name), wanted, f"{name}, {binary=}, {answer_binary=}, {options}")
        return result

    def forms(self) -> None:
        """JSON and binary, either way, compressed either way or not."""
        for binary, answer_binary in itertools.product([False, True], repeat=2):
            for sent, asked in itertools.product([None, "gzip", "deflate"], repeat=2):
                options = {"request_compression_algorithm": sent, "response_compression_algorithm": asked}
                self.infer(binary=binary, answer_binary=answer_binary, **options)
        mixed = tensors({"x": self.rows["x"]}, binary=True) + tensors({"shift": self.rows["shift"]}, binary=False)
        outputs = [InferRequestedOutput("scores", binary_data=False), InferRequestedOutput("best", binary_data=True)]
        result = self.client.infer("dense", mixed, outputs=outputs)
        assert [output["name"] for output in result.get_response()["outputs"]] == ["scores", "best"]
        for name, wanted in self.wanted.items():
            same(result.as_numpy(name), wanted, f"{name}, mixed")
        everything = self.client.infer("dense", tensors(self.rows, binary=True))
        for name, wanted in self.wanted.items():
            same(everything.as_numpy(name), wanted, f"{name}, all outputs")

    def types(self) -> None:
        """Every type, in JSON and binary, and the empty batch."""
        full = {name: array for name, (_, array) in TYPES.items()}
        for rows in [2, 1, 0]:
            inputs = {name: array[:rows] for name, array in full.items()}
            wanted = self.kind.answers(self.paths["all_types"], inputs) if rows else None
            for binary, answer_binary in itertools.product([False, True], repeat=2):
                outputs = [InferRequestedOutput(f"{name}_out", binary_data=answer_binary) for name in inputs]
                result = self.client.infer("all_types", tensors(inputs, binary=binary), outputs=outputs)
                for name, array in inputs.items():
                    expected = array if wanted is None else wanted[f"{name}_out"]
                    same(result.as_numpy(f"{name}_out"), expected, f"{name}, {rows} rows, {binary=}, {answer_binary=}")

    def bytes_beyond_text(self) -> None:
        """Bytes that are not UTF-8 pass in the binary form; JSON refuses to carry them, and says how to get them."""
        inputs = {name: array[:1] for name, (_, array) in TYPES.items()}
        inputs["BYTES"] = np.array([[b"\xff\xfe", b"", b"caf\xc3\xa9"]], dtype=object)
        output = InferRequestedOutput("BYTES_out", binary_data=True)
        result = self.client.infer("all_types", tensors(inputs, binary=True), outputs=[output])
        same(result.as_numpy("BYTES_out"), inputs["BYTES"], "bytes")
        output = InferRequestedOutput("BYTES_out", binary_data=False)
        refused(
            400,
            "BYTES_out",
            lambda: self.client.infer("all_types", tensors(inputs, binary=True), outputs=[output]),
        )

    def options(self) -> None:
        """A request's id, version, parameters, headers and query; the answer says which model it came from."""
        result = self.infer(
            binary=True,
            answer_binary=True,
            request_id="é-1",
            model_version="1",
            sequence_id=0,
            priority=1,
            timeout=1_000_000,
            headers={"X-Other": "kept apart"},
            query_params={"a": "b", "c": [1, 2]},
            parameters={"own": "value", "number": 3},
        )
        response = result.get_response()
        assert (response["id"], response["model_name"], response["model_version"]) == ("é-1", "dense", "1"), response
        assert result.get_output("scores")["datatype"] == "FP32"
        assert "id" not in self.infer(binary=True, answer_binary=True).get_response()

    def classification(self) -> None:
        """The highest scores as text, of every row."""
        for binary in [False, True]:
            output = InferRequestedOutput("scores", binary_data=binary, class_count=2)
            classes = self.client.infer("dense", tensors(self.rows, binary=True), outputs=[output]).as_numpy("scores")
            assert classes.shape == (5, 2), classes
            order = np.argsort(-self.wanted["scores"], axis=1)
            for row in range(5):
                for place in range(2):
                    text = classes[row, place]
                    value, index = (text.decode() if isinstance(text, bytes) else text).split(":")
                    assert int(index) == order[row, place], classes
                    np.testing.assert_allclose(float(value), self.wanted["scores"][row, order[row, place]], rtol=1e-5)
        many = InferRequestedOutput("scores", class_count=50)
        result = self.client.infer("dense", tensors(self.rows, binary=True), outputs=[many])
        assert result.as_numpy("scores").shape == (5, 3)

    def asynchronous(self) -> None:
        """Requests side by side."""
        pending = [
            self.client.async_infer(
                "dense",
                tensors(self.rows, binary=number % 2 == 0),
                request_id=str(number),
                request_compression_algorithm="gzip" if number % 3 == 0 else None,
                response_compression_algorithm="deflate" if number % 3 == 1 else None,
            )
            for number in range(32)
        ]
        for number, request in enumerate(pending):
            result = request.get_result(timeout=60)
            assert result.get_response()["id"] == str(number)
            for name, wanted in self.wanted.items():
                same(result.as_numpy(name), wanted, f"{name}, request {number}")

    def bodies(self) -> None:
        """Bodies that the client only writes and reads, sent by another client."""
        for names in [None, ["scores"]]:
            outputs = names and [InferRequestedOutput(name) for name in names]
            body, length = InferenceServerClient.generate_request_body(
                tensors(self.rows, binary=True), outputs=outputs, request_id="7"
            )
            headers = {"Inference-Header-Content-Length": str(length), "Content-Type": "application/octet-stream"}
            answer = self.server.ask("/v2/models/dense/versions/1/infer", body, headers)
            assert answer.status == 200, answer
            assert answer.headers["content-type"] == "application/octet-stream", answer.headers
            assert answer.headers["slipway-model-version"] == "1", answer.headers
            assert answer.headers["slipway-model-digest"] == self.versions["dense"]["sha256"], answer.headers
            result = InferenceServerClient.parse_response_body(
                answer.body, header_length=int(answer.headers["inference-header-content-length"])
            )
            for name in names or self.wanted:
                same(result.as_numpy(name), self.wanted[name], name)
        body, length = InferenceServerClient.generate_request_body(
            tensors(self.rows, binary=False), outputs=[InferRequestedOutput("scores", binary_data=False)]
        )
        assert length is None
        answer = self.server.ask("/v2/models/dense/infer", body, {"Accept-Encoding": "gzip"})
        assert "inference-header-content-length" not in answer.headers, answer.headers
        assert answer.headers["content-encoding"] == "gzip", answer.headers
        result = InferenceServerClient.parse_response_body(answer.body, content_encoding="gzip")
        same(result.as_numpy("scores"), self.wanted["scores"], "scores")

    def raw(self) -> None:
        """A body that is one input's bytes alone: the header says 0."""
        row = np.array([[1, 2, -3, 0.5]], np.float32)
        headers = {"Inference-Header-Content-Length": "0", "Content-Type": "application/octet-stream"}
        answer = self.server.ask("/v2/models/half/infer", row.tobytes(), headers)
        assert answer.status == 200, answer
        result = InferenceServerClient.parse_response_body(
            answer.body, header_length=int(answer.headers["inference-header-content-length"])
        )
        same(result.as_numpy("y"), self.kind.answers(self.paths["half"], {"x": row})["y"], "y")
        assert self.server.ask("/v2/models/half/infer", row.tobytes() * 2, headers).status == 400
        assert self.server.ask("/v2/models/half/infer", row.tobytes()[:-1], headers).status == 400
        assert self.server.ask("/v2/models/dense/infer", row.tobytes(), headers).status == 400

    def statistics(self) -> None:
        """Rows are counted, and failures."""

        def stats(**which: str) -> dict:
            return {m["name"]: m for m in self.client.get_inference_statistics(**which)["model_stats"]}

        before = stats()["dense"]
        self.infer(binary=True, answer_binary=True)
        after = stats(model_name="dense")["dense"]
        assert after["inference_count"] == before["inference_count"] + 5, (before, after)
        assert after["execution_count"] == before["execution_count"] + 1, (before, after)
        assert after["last_inference"] >= before["last_inference"] > 1_700_000_000_000, (before, after)
        for span in ["success", "queue", "compute_input", "compute_infer", "compute_output"]:
            assert after["inference_stats"][span]["count"] == before["inference_stats"][span]["count"] + 1, span
        assert after["inference_stats"]["success"]["ns"] > before["inference_stats"]["success"]["ns"]
        wrong = {"x": self.rows["x"][:, :2], "shift": self.rows["shift"]}
        refused(400, "x", lambda: self.client.infer("dense", tensors(wrong, binary=True)))
        assert stats(model_name="dense", model_version="1")["dense"]["inference_count"] == after["inference_count"]
        assert set(stats(model_name="half")) == {"half"}
        refused(404, "no such", lambda: self.client.get_inference_statistics("no such"))

    def errors(self) -> None:
        """What is not there says so in the protocol's form."""
        refused(404, "no such", lambda: self.client.get_model_metadata("no such"))
        refused(404, "“7”", lambda: self.client.get_model_metadata("dense", "7"))
        refused(404, "no such", lambda: self.client.infer("no such", tensors(self.rows, binary=True)))
        refused(400, "shift", lambda: self.client.infer("dense", tensors({"x": self.rows["x"]}, binary=True)))
        other = [InferRequestedOutput("nothing")]
        refused(400, "nothing", lambda: self.client.infer("dense", tensors(self.rows, binary=True), outputs=other))
        kinds = [InferRequestedOutput("BYTES_out", class_count=1)]
        full = {name: array for name, (_, array) in TYPES.items()}
        refused(
            400, "classification", lambda: self.client.infer("all_types", tensors(full, binary=True), outputs=kinds)
        )
        calls: list[Callable[[], object]] = [
            self.client.get_trace_settings,
            lambda: self.client.get_trace_settings("dense"),
            lambda: self.client.update_trace_settings(settings={"trace_level": ["OFF"]}),
            lambda: self.client.update_trace_settings("dense", {"trace_level": ["OFF"]}),
            self.client.get_log_settings,
            lambda: self.client.update_log_settings({"log_verbose_level": 1}),
            self.client.get_system_shared_memory_status,
            lambda: self.client.register_system_shared_memory("r", "/k", 4),
            self.client.unregister_system_shared_memory,
            lambda: self.client.unregister_system_shared_memory("r"),
            lambda: self.client.get_cuda_shared_memory_status("r"),
            lambda: self.client.register_cuda_shared_memory("r", b"AAAA", 0, 4),
            self.client.unregister_cuda_shared_memory,
        ]
        for call in calls:
            refused(501, "does not offer", call)
        self.http_errors()
        remote = InferInput("x", [5, 4], "FP32").set_shared_memory("r", 80)
        refused(501, "shared memory", lambda: self.client.infer("dense", [remote]))

    def http_errors(self) -> None:
        """What the client itself never sends wrong."""
        body, length = InferenceServerClient.generate_request_body(tensors(self.rows, binary=True))
        header = "Inference-Header-Content-Length"
        wrong: list[tuple[int, bytes, dict[str, str], str]] = [
            (400, body, {header: str(length - 1)}, "expected"),
            (400, body, {header: str(len(body) + 1)}, header),
            (400, body, {header: "many"}, header),
            (400, body, {}, header),
            (400, body + b"x", {header: str(length)}, "left over"),
            (400, body[:-1], {header: str(length)}, "shift"),
            (400, body, {header: str(length), "Content-Encoding": "gzip"}, "gzip"),
            (400, gzip.compress(body)[:-9], {header: str(length), "Content-Encoding": "gzip"}, "cut off"),
            (415, body, {header: str(length), "Content-Encoding": "br"}, "gzip, deflate"),
            (413, gzip.compress(bytes(65 << 20)), {header: str(length), "Content-Encoding": "gzip"}, "decompressed"),
        ]
        for status, sent, headers, word in wrong:
            answer = self.server.ask("/v2/models/dense/infer", sent, headers)
            assert answer.status == status, (headers, answer)
            assert list(answer.json()) == ["error"], answer
            assert word in answer.json()["error"], answer
        for path, method, status in [
            ("/v2/models/dense/infer", "GET", 405),
            ("/v2/models/dense", "POST", 405),
            ("/v2/models/dense/nothing", "GET", 404),
        ]:
            answer = self.server.ask(path, method=method)
            assert answer.status == status, answer
            assert list(answer.json()) == ["error"], answer
        assert self.server.ask("/v2/models/dense/infer", body, {header: str(length)}).status == 200

    def all(self) -> None:
        """Every topic."""
        self.health()
        self.metadata()
        self.repository()
        self.forms()
        self.types()
        self.bytes_beyond_text()
        self.options()
        self.classification()
        self.asynchronous()
        self.bodies()
        self.raw()
        self.statistics()
        self.errors()


def main() -> None:
    """Run all calls on one connection pool, the token in a plugin."""
    kind = importlib.import_module({"onnx": "onnx_models", "savedmodel": "saved_models"}[sys.argv[1]])
    server = Server.of_environment()
    with InferenceServerClient(server.address, concurrency=8, network_timeout=60) as stranger:
        refused(401, "", lambda: stranger.get_model_metadata("dense"))
        # A token in the call's own headers.
        assert stranger.get_model_repository_index(headers=server.headers) == []
    with InferenceServerClient(server.address, concurrency=8, network_timeout=60) as client:
        client.register_plugin(Bearer(server))
        Calls(client, server, kind, Path(sys.argv[2])).all()
        client.unregister_plugin()


if __name__ == "__main__":
    main()
