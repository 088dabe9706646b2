"""Remote files, from a real XRootD server on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from samples import all_chunks, dataset, mixed_columns, write_tree

CONFIGURATION = """
xrd.port {port}
all.export /
oss.localroot {folder}/data
all.adminpath {folder}/admin
all.pidpath {folder}/admin
"""

MID_READ = """
import json, os, signal, sys
from pathlib import Path
from samples import dataset
from slipway_trainer.errors import TrainerError

folder, address, process, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
data = dataset(folder, [address], chunk_size=500)
data.first_pass()
chunks = data.chunks()
next(chunks)
os.kill(process, number)
try:
    for _ in chunks:
        pass
except TrainerError as error:
    print(json.dumps(str(error)))
"""


@dataclass
class Server:
    """A server, and the folder whose files it gives."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    def address(self, name: str) -> str:
        """Give the address of a file."""
        return f"root://127.0.0.1:{self.port}//{name}"


def free_port() -> int:
    """Give a port that nobody has."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Run a server until the test ends."""
    program = shutil.which("xrootd")
    if program is None:
        pytest.skip("xrootd is not there: install Debian's xrootd-server")
    folder = Path("/tmp") / f"xrootd-{os.getpid()}"  # short: the path of a socket is in it
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "admin").mkdir()
    port = free_port()
    (folder / "xrootd.cfg").write_text(CONFIGURATION.format(port=port, folder=folder))
    user = ["-R", "nobody"] if os.geteuid() == 0 else []
    if user:
        subprocess.run(["chown", "-R", "nobody", str(folder)], check=True)
    command = [program, *user, "-c", str(folder / "xrootd.cfg"), "-l", str(folder / "log"), "-n", "test"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_port(process, port)
        yield Server(process, port, folder / "data")
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def await_port(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server listens."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except ConnectionRefusedError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                raise AssertionError(f"xrootd ended with {process.wait(0.02)}") from None


def test_rows_of_a_remote_file_are_those_of_the_same_local_one(tmp_path: Path, server: Server) -> None:
    columns = mixed_columns(3000)
    write_tree(server.folder / "store" / "a.root", columns, step=400)
    here = all_chunks(dataset(server.folder / "store", ["a.root"], chunk_size=700))
    (tmp_path / "data").mkdir()
    redirector = f"root://127.0.0.1:{server.port}"
    for name in (server.address("store/a.root"), "/store/a.root"):
        there = all_chunks(dataset(tmp_path / "data", [name], chunk_size=700, redirector=redirector))
        np.testing.assert_array_equal(here.x, there.x)
        np.testing.assert_array_equal(here.mask, there.mask)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("missing", "is missing on its server"),
        ("down", "could not be read through XRootD (XRootD error: [FATAL] Connection error"),
        ("damaged", "is no ROOT file, or is corrupt or cut off"),
    ],
)
def test_a_remote_file_that_cannot_be_opened_is_one_sentence(
    tmp_path: Path, server: Server, what: str, sentence: str
) -> None:
    (server.folder / "damaged.root").write_bytes(b"rubbish" * 100)
    address = server.address(f"{what}.root")
    if what == "down":
        address = address.replace(str(server.port), str(free_port()))
    script = (
        "import sys; from pathlib import Path; from samples import dataset\n"
        "try:\n    dataset(Path(sys.argv[1]), [sys.argv[2]]).first_pass()\n"
        "except Exception as error:\n    print(type(error).__name__, error)\n"
    )
    said = run(script, tmp_path, address)
    assert said.startswith(f"TrainerError {address}") and sentence in said and "\n" not in said


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_a_server_that_dies_in_mid_read_is_one_sentence(tmp_path: Path, server: Server, number: signal.Signals) -> None:
    write_tree(server.folder / "a.root", {f"b{i}": np.arange(20_000.0) for i in range(5)}, step=500)
    address = server.address("a.root")
    said = json.loads(run(MID_READ, tmp_path, address, str(server.process.pid), str(int(number))))
    assert said.startswith(address) and "could not be read through XRootD" in said


def run(script: str, folder: Path, *arguments: str) -> str:
    """Run Python with XRootD's limits at a few seconds, which its library reads once a process."""
    here = Path(__file__).parent
    limits = {"XRD_REQUESTTIMEOUT": "3", "XRD_STREAMERRORWINDOW": "2", "XRD_CONNECTIONWINDOW": "2"}
    environment = {**os.environ, **limits, "PYTHONPATH": f"{here.parent}:{here}:{os.environ.get('PYTHONPATH', '')}"}
    (folder / "data").mkdir()
    command = [sys.executable, "-c", script, str(folder / "data"), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()
