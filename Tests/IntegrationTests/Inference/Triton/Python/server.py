"""The server under test: where it is, who asks, and how models get there."""

import io
import json
import os
import tarfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A whole HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - whatever the server says
        """Give the body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A server's address and a user's token."""

    address: str
    token: str

    @classmethod
    def of_environment(cls) -> "Server":
        """Take what the test gives: SLIPWAY_URL and SLIPWAY_TOKEN."""
        return cls(os.environ["SLIPWAY_URL"].removeprefix("http://"), os.environ["SLIPWAY_TOKEN"])

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers that say who asks; a new dictionary, for clients write into it."""
        return {"Authorization": f"Bearer {self.token}"}

    def ask(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None, method: str | None = None
    ) -> Answer:
        """Send one request, a POST where it has a body, and read the whole answer, of any status."""
        request = urllib.request.Request(
            f"http://{self.address}{path}", data=body, headers=self.headers | (headers or {}), method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())

    def upload(self, name: str, path: Path) -> dict[str, Any]:
        """Publish a file, or a folder as an archive, as a model's next version."""
        if path.is_dir():
            archive = io.BytesIO()
            with tarfile.open(fileobj=archive, mode="w:gz") as tar:
                tar.add(path, arcname=".")
            answer = self.ask(
                f"/api/v1/models/{name}/versions", archive.getvalue(), {"Content-Type": "application/gzip"}
            )
        else:
            answer = self.ask(
                f"/api/v1/models/{name}/versions?filename=model.onnx",
                path.read_bytes(),
                {"Content-Type": "application/octet-stream"},
            )
        assert answer.status == 201, answer
        return answer.json()
