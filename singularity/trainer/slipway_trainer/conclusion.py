"""How the command ends: its exit code, and its last words."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from slipway_trainer.errors import TrainerError

COMMAND = "slipway-train"
TERMINATED = 128 + signal.SIGTERM
INTERRUPTED = 128 + signal.SIGINT


def conclude(run: Callable[[], None], leftover: Path) -> NoReturn:
    """Run a training, and end the process.

    0 where it succeeded; 1 with one sentence on standard error where a ``TrainerError`` says why it did not, or with
    Python's traceback; 143 after SIGTERM, at once. Nothing is written after the last words: libraries with threads and
    exit handlers of their own are not asked any more.

    Parameters
    ----------
    leftover
        A folder that is removed where the training is ended in the middle.
    """
    _end_at_sigterm(leftover)
    code = 0
    try:
        run()
    except TrainerError as error:
        code = _say(f"{COMMAND}: {error}", 1)
    except KeyboardInterrupt:
        code = _say(f"{COMMAND}: interrupted", INTERRUPTED)
    except BaseException:
        sys.stdout.flush()
        traceback.print_exc()
        code = 1
    _exit(code)


def _say(words: str, code: int) -> int:
    sys.stdout.flush()
    print(" ".join(words.split()), file=sys.stderr)
    return code


def _exit(code: int) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _end_at_sigterm(leftover: Path) -> None:
    """Wait for the signal in a thread: the main one may be deep in a library that does not return for long."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})

    def end() -> None:
        signal.sigwait({signal.SIGTERM})
        shutil.rmtree(leftover, ignore_errors=True)
        os._exit(TERMINATED)

    threading.Thread(target=end, name="sigterm", daemon=True).start()
