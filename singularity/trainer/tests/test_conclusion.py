"""How the command ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

START = "from pathlib import Path; from slipway_trainer import conclusion, errors; import sys, threading, atexit\n"
# What a framework's library may do while the process ends.
CHATTER = "atexit.register(print, 'chatter', file=sys.stderr)\n"


def ended(body: str) -> subprocess.CompletedProcess[str]:
    script = f"{START}{CHATTER}def run():\n    {body}\nconclusion.conclude(run, Path('nowhere'))\n"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("body", "code", "last"),
    [
        ("print('well')", 0, ""),
        ("raise errors.TrainerError('no\\nsuch file')", 1, "slipway-train: no such file"),
        ("raise MemoryError('too much')", 1, "MemoryError: too much"),
        ("raise KeyboardInterrupt", 130, "slipway-train: interrupted"),
        ("sys.exit('left')", 1, "SystemExit: left"),
    ],
)
def test_nothing_follows_the_last_words(body: str, code: int, last: str) -> None:
    process = ended(body)
    assert process.returncode == code
    assert (process.stderr.splitlines() or [""])[-1] == last
    assert ("Traceback" in process.stderr) == (last.startswith(("MemoryError", "SystemExit")))


def test_sigterm_ends_a_busy_training_at_once_and_removes_what_is_half(tmp_path: Path) -> None:
    staging = tmp_path / ".staging"
    staging.mkdir()
    (staging / "model.onnx").write_text("half")
    # A join in C that Python's own handlers of signals would have to wait for.
    busy = "print('busy', flush=True); threading.Event().wait()"
    script = f"{START}def run():\n    {busy}\nconclusion.conclude(run, Path({str(staging)!r}))\n"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "busy\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 143
    assert not staging.exists()
